package org.evenhand.audit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenhand.core.Classes;
import org.evenhand.core.Setting;

/**
 * The outcome of an audit.
 *
 * @param rows number of rows, weighted
 * @param classes the classes decided between
 * @param favourable the class that rates are about; empty when rates were not measured
 * @param overallAccuracy plain share of correct decisions
 * @param attributes one per attribute, in the order of the labelled set
 * @param settings what the figures depend on
 * @param scoreBins how scores were gathered before the metrics of scores were computed
 * @param ranking counterfactual bias on columns that were flipped to be compared, the largest first
 * @param scope what the audit was about
 * @param tables what was measured besides
 */
public record AuditResult(
    double rows,
    Classes classes,
    String favourable,
    Estimate overallAccuracy,
    List<AttributeAudit> attributes,
    AuditSettings settings,
    ScoreBins scoreBins,
    List<CounterfactualBias> ranking,
    AuditScope scope,
    AuditTables tables) {
  /** Copies the lists. */
  public AuditResult {
    attributes = List.copyOf(attributes);
    ranking = List.copyOf(ranking);
  }

  /**
   * A result from exact scores.
   *
   * @param rows number of rows, weighted
   * @param classes the classes decided between
   * @param favourable the class that rates are about; empty when rates were not measured
   * @param overallAccuracy plain share of correct decisions
   * @param attributes one per attribute, in the order of the labelled set
   * @param settings what the figures depend on
   */
  public AuditResult(
      double rows,
      Classes classes,
      String favourable,
      Estimate overallAccuracy,
      List<AttributeAudit> attributes,
      AuditSettings settings) {
    this(
        rows,
        classes,
        favourable,
        overallAccuracy,
        attributes,
        settings,
        ScoreBins.NONE,
        List.of(),
        AuditScope.PLAIN,
        AuditTables.NONE);
  }

  /**
   * The same result, known to come from gathered scores.
   *
   * @param bins that they were gathered in
   */
  public AuditResult withScoreBins(ScoreBins bins) {
    return new AuditResult(
        rows,
        classes,
        favourable,
        overallAccuracy,
        attributes,
        settings,
        bins,
        ranking,
        scope,
        tables);
  }

  /**
   * The same result, known by the settings that were asked for, where the answers had been decided
   * by their rule before.
   *
   * @param asked that give these figures
   */
  public AuditResult withSettings(AuditSettings asked) {
    return new AuditResult(
        rows,
        classes,
        favourable,
        overallAccuracy,
        attributes,
        asked,
        scoreBins,
        ranking,
        scope,
        tables);
  }

  /**
   * The same result with what it was about.
   *
   * @param known rows, scores and notes
   */
  public AuditResult withScope(AuditScope known) {
    return new AuditResult(
        rows,
        classes,
        favourable,
        overallAccuracy,
        attributes,
        settings,
        scoreBins,
        ranking,
        known,
        tables);
  }

  /**
   * The same result with what was measured besides.
   *
   * @param measured tables
   */
  public AuditResult withTables(AuditTables measured) {
    return new AuditResult(
        rows,
        classes,
        favourable,
        overallAccuracy,
        attributes,
        settings,
        scoreBins,
        ranking,
        scope,
        measured);
  }

  /**
   * The index of the favourable class.
   *
   * @throws AuditException if no class is favourable
   */
  public int requireFavourable() {
    return classes
        .indexOf(favourable)
        .orElseThrow(
            () ->
                new AuditException("Rates need a favourable class; name it.", Setting.FAVOURABLE));
  }

  /**
   * The same result from scores that rank rows and are no probabilities: what needs probabilities
   * is unknown.
   */
  public AuditResult withoutProbabilities() {
    return new AuditResult(
        rows,
        classes,
        favourable,
        overallAccuracy,
        attributes.stream().map(AttributeAudit::withoutProbabilities).toList(),
        settings,
        scoreBins,
        ranking,
        scope,
        tables);
  }

  /** Whether the favourable class was assumed and not named. */
  public boolean favourableAssumed() {
    return !favourable.isEmpty() && settings.favourable().isEmpty();
  }

  /** The value that others were compared with, by attribute, where there was one. */
  public Map<String, String> references() {
    return attributes.stream()
        .filter(audit -> !audit.reference().isEmpty())
        .collect(
            Collectors.toUnmodifiableMap(AttributeAudit::attribute, AttributeAudit::reference));
  }

  /**
   * The same result with what counterfactual pairs show.
   *
   * @param biases at most one per attribute of this result
   * @param ranked of columns that were flipped to be compared, in any order
   * @throws AuditException if an attribute was not audited
   */
  public AuditResult withCounterfactualBias(
      List<CounterfactualBias> biases, List<CounterfactualBias> ranked) {
    biases.forEach(bias -> attribute(bias.attribute()));
    List<AttributeAudit> extended =
        attributes.stream()
            .map(
                audit ->
                    biases.stream()
                        .filter(bias -> bias.attribute().equals(audit.attribute()))
                        .findFirst()
                        .map(audit::with)
                        .orElse(audit))
            .toList();
    return new AuditResult(
        rows,
        classes,
        favourable,
        overallAccuracy,
        extended,
        settings,
        scoreBins,
        ranked.stream().sorted(CounterfactualBias.LARGEST_FIRST).toList(),
        scope,
        tables);
  }

  /**
   * The audit of one attribute.
   *
   * @param name the attribute's name
   * @throws AuditException if it was not audited
   */
  public AttributeAudit attribute(String name) {
    return attributes.stream()
        .filter(audit -> audit.attribute().equals(name))
        .findFirst()
        .orElseThrow(() -> new AuditException("Attribute '%s' was not audited.".formatted(name)));
  }
}

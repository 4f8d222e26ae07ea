package org.evenhand.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;
import org.evenhand.core.Target;

/**
 * Measures decisions of which nobody knows whether they were right: selection rates, their ratios
 * and differences, and means of scores. Whatever compares answers with true classes is unknown, and
 * there is no verdict on Model Bias.
 */
final class SelectionAudit {
  private static final Unknown NO_OUTCOMES =
      new Unknown("there are no true classes to compare decisions with");

  private static final String EXPLANATION =
      "Without true classes nothing says whether decisions are right, so there is no verdict on Model Bias.";

  private static final ModelBias NO_MODEL_BIAS =
      new ModelBias(NO_OUTCOMES, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private final LabelledSet set;
  private final Answers answers;
  private final int[] decisions;
  private final WeightKind kind;
  private final AuditSettings settings;
  private final OptionalInt favourable;
  private final Target decided;

  SelectionAudit(
      LabelledSet set,
      Answers answers,
      int[] decisions,
      WeightKind kind,
      AuditSettings settings,
      OptionalInt favourable) {
    this.set = set;
    this.answers = answers;
    this.decisions = decisions;
    this.kind = kind;
    this.settings = settings;
    this.favourable = favourable;
    // Counts of decisions alone: the table of decisions against themselves.
    this.decided = new Target(set.target().name(), set.target().classes(), decisions);
  }

  AuditResult result() {
    List<AttributeAudit> attributes = new ArrayList<>();
    for (Attribute attribute : set.attributes()) {
      attributes.add(audit(attribute));
    }
    return new AuditResult(
            set.weight(),
            set.target().classes(),
            favourable.isPresent() ? set.target().classes().names().get(favourable.getAsInt()) : "",
            NO_OUTCOMES,
            attributes,
            settings)
        .withScope(new AuditScope(false, Optional.empty(), Optional.empty(), List.of()));
  }

  private AttributeAudit audit(Attribute declared) {
    int[] occurring = counts(declared).table().occurringValues();
    Attribute attribute = occurring.length < declared.size() ? declared.keep(occurring) : declared;
    Counts counts = counts(attribute);
    List<String> elsewhere = new ArrayList<>(declared.values());
    elsewhere.removeAll(attribute.values());
    Members members = Members.of(attribute, set.weights());
    AuditChecks.requireKnown(members, settings);
    AuditChecks.requireTwoValues(counts.table(), attribute);
    AuditChecks.requireReference(attribute, settings);
    ValueAudit values =
        new ValueAudit(decided, members, counts, set.weights(), kind, settings, favourable);
    String named = settings.references().getOrDefault(attribute.name(), "");
    OptionalInt reference =
        named.isEmpty() ? values.mostSelected() : OptionalInt.of(attribute.values().indexOf(named));
    return new AttributeAudit(
        attribute.name(),
        reference.isPresent() ? attribute.values().get(reference.getAsInt()) : "",
        NO_OUTCOMES,
        NO_OUTCOMES,
        NO_MODEL_BIAS,
        new LargestGap(NO_OUTCOMES, Optional.empty()),
        Judgement.insufficient(Insufficiency.NO_OUTCOMES, Double.NaN, EXPLANATION),
        values.fourFifths(),
        new Coverage(
            members.known(), members.unknown(), attribute.probabilities().isPresent(), elsewhere),
        List.of(),
        values.metrics(answers, reference).stream().map(SelectionAudit::withoutOutcomes).toList(),
        Optional.empty());
  }

  private Counts counts(Attribute attribute) {
    return Counts.of(decided, attribute, decisions, set.weights(), kind);
  }

  private static ValueMetrics withoutOutcomes(ValueMetrics metrics) {
    return ValueMetrics.of(
        metrics.value(),
        metrics.n(),
        metric -> metric.needsOutcomes() ? NO_OUTCOMES : metrics.of(metric));
  }
}

package org.evenhand.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;
import org.evenhand.core.Target;

/**
 * Measures how a classifier's decisions treat the values of every protected attribute.
 *
 * <pre>{@code
 * AuditResult result = Audit.of(set, classifier.answer(set.inputs()), AuditSettings.DEFAULT);
 * result.attribute("race").verdict();
 * }</pre>
 */
public final class Audit {
  private final LabelledSet set;
  private final Answers answers;
  private final AuditSettings settings;
  private final int[] decisions;

  private Audit(LabelledSet set, Answers answers, AuditSettings settings) {
    AuditChecks.requireMatching(set, answers, settings);
    AuditChecks.requireReferences(set, settings);
    this.set = set;
    this.answers = answers;
    this.settings = settings.withDecisionRule(settings.decisionRule().namedFor(answers));
    this.decisions = answers.decisions(settings.decisionRule());
  }

  /**
   * Audits answers about labelled rows; where nobody knows the true classes, selection rates and
   * what is made of them. The same rows, answers and settings give the same figures,
   * whatever the number of threads; so do the same rows in another order, and rows repeated instead
   * of weighted, to within rounding.
   *
   * @param set rows with true classes, attributes and frequency weights
   * @param answers one per row of the set, between the same classes in the same order
   * @param settings what the figures depend on beside the data
   * @throws AuditException if there are no rows, answers and rows do not match, only one class or
   *     one value of an attribute is present, an attribute is known for too few rows, or the
   *     settings name what the data does not have
   */
  public static AuditResult of(LabelledSet set, Answers answers, AuditSettings settings) {
    Audit audit = new Audit(set, answers, settings);
    return set.target().known() ? audit.result() : audit.withoutOutcomes();
  }

  private AuditResult result() {
    Target target = set.target();
    OptionalInt favourable = favourable();
    List<ConfusionTable> tables = new ArrayList<>();
    List<GroupAudit> audits = new ArrayList<>();
    List<Members> members = new ArrayList<>();
    for (Attribute attribute : set.attributes()) {
      members.add(Members.of(attribute, set.weights()));
      AuditChecks.requireKnown(members.get(members.size() - 1), settings);
      ConfusionTable table = ConfusionTable.of(target, attribute, decisions, set.weights());
      AuditChecks.requireVariety(table, target, attribute);
      tables.add(table);
      audits.add(GroupAudit.of(table, target, attribute, settings));
    }
    List<ModelBias> biases = modelBiases(tables, audits);
    List<AttributeAudit> attributes = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      attributes.add(
          attributeAudit(
              set.attributes().get(i),
              members.get(i),
              tables.get(i),
              audits.get(i),
              biases.get(i),
              favourable));
    }
    Proportion overall = overall();
    return new AuditResult(
        overall.n(),
        target.classes(),
        favourable.isPresent() ? target.classes().names().get(favourable.getAsInt()) : "",
        overall.wilson(settings.z()),
        attributes,
        settings);
  }

  private AuditResult withoutOutcomes() {
    return new SelectionAudit(set, answers, decisions, settings, favourable()).result();
  }

  /** The class that is named; else the last of two; none among more. */
  private OptionalInt favourable() {
    return settings
        .favourable()
        .map(set.target().classes()::indexOf)
        .orElseGet(
            () -> set.target().classes().size() == 2 ? OptionalInt.of(1) : OptionalInt.empty());
  }

  private Proportion overall() {
    double rows = 0;
    double correct = 0;
    for (int row = 0; row < decisions.length; row++) {
      rows += set.weights()[row];
      correct += decisions[row] == set.target().codes()[row] ? set.weights()[row] : 0;
    }
    return new Proportion(correct, rows);
  }

  private List<ModelBias> modelBiases(List<ConfusionTable> tables, List<GroupAudit> audits) {
    NoiseFloor[] floors = new NoiseFloor[tables.size()];
    double[] pValues = new double[floors.length];
    for (int i = 0; i < floors.length; i++) {
      floors[i] =
          audits.get(i).modelBias() instanceof Known bias
              ? NoiseFloor.of(tables.get(i), bias.value(), settings.draws(), settings.seed())
              : NoiseFloor.UNKNOWN;
      pValues[i] = floors[i].pValue();
    }
    double[] adjusted = Holm.adjust(pValues);
    return IntStream.range(0, floors.length)
        .mapToObj(
            i ->
                new ModelBias(
                    audits.get(i).modelBias(),
                    floors[i].mean(),
                    floors[i].high(),
                    pValues[i],
                    adjusted[i]))
        .toList();
  }

  private AttributeAudit attributeAudit(
      Attribute attribute,
      Members members,
      ConfusionTable table,
      GroupAudit audit,
      ModelBias modelBias,
      OptionalInt favourable) {
    VerdictRule rule =
        new VerdictRule(
            attribute.name(), set.target().name(), attribute.size(), audit, modelBias, settings);
    ValueAudit valueAudit = new ValueAudit(set.target(), members, table, settings, favourable);
    String named = settings.references().getOrDefault(attribute.name(), "");
    OptionalInt reference =
        named.isEmpty()
            ? valueAudit.mostSelected()
            : OptionalInt.of(attribute.values().indexOf(named));
    return new AttributeAudit(
        attribute.name(),
        reference.isPresent() ? attribute.values().get(reference.getAsInt()) : "",
        audit.average(),
        audit.worst(),
        modelBias,
        rule.verdict(),
        rule.explanation(),
        new Coverage(members.known(), members.unknown(), attribute.probabilities().isPresent()),
        audit.groups(),
        valueAudit.metrics(answers, reference));
  }
}

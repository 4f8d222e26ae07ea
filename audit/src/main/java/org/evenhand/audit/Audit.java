package org.evenhand.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final WeightKind weightKind;

  private Audit(LabelledSet set, Answers answers, AuditSettings settings) {
    AuditChecks.requireMatching(set, answers, settings);
    AuditChecks.requireReferredAttributes(set, settings);
    this.set = set;
    this.answers = answers;
    this.settings = settings.withDecisionRule(settings.decisionRule().namedFor(answers));
    this.weightKind = AuditChecks.requireKind(set, settings);
    this.decisions = answers.decisions(settings.decisionRule());
  }

  /**
   * Audits answers about labelled rows; where nobody knows the true classes, selection rates and
   * what is made of them. The same rows, answers and settings give the same figures, whatever the
   * number of threads; so do the same rows in another order, and rows repeated instead of weighted,
   * to within rounding.
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
    List<Counted> counted = set.attributes().stream().map(this::count).toList();
    List<ModelBias> biases = modelBiases(counted);
    double[] adjusted =
        Holm.adjust(counted.stream().mapToDouble(one -> one.groups().pValue()).toArray());
    Counts overall = overall();
    VerdictRule.MostDecided decided = mostDecided(overall);
    List<AttributeAudit> attributes = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Counted one = counted.get(i);
      Judgement judgement =
          new VerdictRule(
                  one.attribute().name(), target.name(), one.groups(), biases.get(i), settings)
              .judge(adjusted[i], decided);
      attributes.add(attributeAudit(one, biases.get(i), judgement, favourable));
    }
    return new AuditResult(
        overall.sum((t, b, decision) -> true).rows(),
        target.classes(),
        favourable.isPresent() ? target.classes().names().get(favourable.getAsInt()) : "",
        Tally.share(
                overall.sum((t, b, decision) -> t == decision),
                overall.sum((t, b, decision) -> t != decision))
            .wilson(settings.z()),
        attributes,
        settings);
  }

  private AuditResult withoutOutcomes() {
    return new SelectionAudit(set, answers, decisions, weightKind, settings, favourable()).result();
  }

  /**
   * One attribute with the values that audited rows have.
   *
   * @param elsewhere values that only other rows have
   */
  private record Counted(
      Attribute attribute,
      Members members,
      Counts counts,
      GroupAudit groups,
      List<String> elsewhere) {}

  private Counted count(Attribute declared) {
    Counts counts = counts(declared);
    int[] occurring = counts.table().occurringValues();
    Attribute attribute = declared;
    if (occurring.length < declared.size()) {
      attribute = declared.keep(occurring);
      counts = counts(attribute);
    }
    List<String> elsewhere = new ArrayList<>(declared.values());
    elsewhere.removeAll(attribute.values());
    Members members = Members.of(attribute, set.weights());
    AuditChecks.requireKnown(members, settings);
    AuditChecks.requireVariety(counts.table(), set.target(), attribute);
    AuditChecks.requireReference(attribute, settings);
    return new Counted(
        attribute,
        members,
        counts,
        GroupAudit.of(counts, set.target(), attribute, settings),
        elsewhere);
  }

  private Counts counts(Attribute attribute) {
    return Counts.of(set.target(), attribute, decisions, set.weights(), weightKind);
  }

  /** The class that is named, unless that is none; else the last of two; none among more. */
  private OptionalInt favourable() {
    return settings
        .favourable()
        .map(set.target().classes()::indexOf)
        .orElseGet(
            () -> set.target().classes().size() == 2 ? OptionalInt.of(1) : OptionalInt.empty());
  }

  /** All rows as one group. */
  private Counts overall() {
    return counts(new Attribute("everyone", List.of("all"), new int[decisions.length]));
  }

  private VerdictRule.MostDecided mostDecided(Counts overall) {
    double most = 0;
    int decided = 0;
    for (int candidate = 0; candidate < set.target().classes().size(); candidate++) {
      int c = candidate;
      double share =
          overall.sum((t, b, decision) -> decision == c).weight()
              / overall.sum((t, b, decision) -> true).weight();
      if (share > most) {
        most = share;
        decided = c;
      }
    }
    return new VerdictRule.MostDecided(set.target().classes().names().get(decided), most);
  }

  private List<ModelBias> modelBiases(List<Counted> counted) {
    NoiseFloor[] floors = new NoiseFloor[counted.size()];
    double[] pValues = new double[floors.length];
    for (int i = 0; i < floors.length; i++) {
      GroupAudit groups = counted.get(i).groups();
      floors[i] =
          groups.modelBias() instanceof Known bias
              ? NoiseFloor.of(groups.comparable(), bias.value(), settings.draws(), settings.seed())
              : NoiseFloor.UNKNOWN;
      pValues[i] = floors[i].pValue();
    }
    double[] adjusted = Holm.adjust(pValues);
    return IntStream.range(0, floors.length)
        .mapToObj(
            i ->
                new ModelBias(
                    counted.get(i).groups().modelBias(),
                    floors[i].mean(),
                    floors[i].high(),
                    pValues[i],
                    adjusted[i]))
        .toList();
  }

  private AttributeAudit attributeAudit(
      Counted counted, ModelBias modelBias, Judgement judgement, OptionalInt favourable) {
    Attribute attribute = counted.attribute();
    Members members = counted.members();
    ValueAudit valueAudit =
        new ValueAudit(
            set.target(),
            members,
            counted.counts(),
            set.weights(),
            weightKind,
            settings,
            favourable);
    String named = settings.references().getOrDefault(attribute.name(), "");
    OptionalInt reference =
        named.isEmpty()
            ? valueAudit.mostSelected()
            : OptionalInt.of(attribute.values().indexOf(named));
    return new AttributeAudit(
        attribute.name(),
        reference.isPresent() ? attribute.values().get(reference.getAsInt()) : "",
        counted.groups().average(),
        counted.groups().worst(),
        modelBias,
        counted.groups().largestGap(),
        judgement,
        valueAudit.fourFifths(),
        new Coverage(
            members.known(),
            members.unknown(),
            attribute.probabilities().isPresent(),
            counted.elsewhere()),
        counted.groups().groups(),
        valueAudit.metrics(answers, reference),
        Optional.empty());
  }
}

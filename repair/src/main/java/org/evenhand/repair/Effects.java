package org.evenhand.repair;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.EffectiveRows;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.WeightKind;

/**
 * What a repair changes on unseen rows: figures and people.
 *
 * @param overall change of overall accuracy
 * @param attributes changes of each attribute's figures, the repaired ones first
 * @param people how decisions change, for each value of each attribute
 * @param harms what gets worse
 */
public record Effects(
    PairedChange overall,
    List<AttributeChange> attributes,
    List<PeopleChange> people,
    List<Harm> harms) {
  /** Copies the lists. */
  public Effects {
    attributes = List.copyOf(attributes);
    people = List.copyOf(people);
    harms = List.copyOf(harms);
  }

  /**
   * The changes of one attribute's figures.
   *
   * @param name the attribute's
   */
  public AttributeChange attribute(String name) {
    return attributes.stream()
        .filter(change -> change.attribute().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Effects of(
      Proposal proposal,
      Unseen unseen,
      AuditResult before,
      AuditResult after,
      int[] was,
      int[] is) {
    List<AttributeChange> changes = new ArrayList<>();
    for (AttributeAudit attribute : before.attributes()) {
      changes.add(change(unseen, attribute, after.attribute(attribute.attribute()), was, is));
    }
    List<PeopleChange> people =
        PeopleChange.count(unseen.rows(), proposal.attributes(), before.favourable(), was, is);
    PairedChange overall = overall(unseen, was, is);
    return new Effects(
        overall, changes, people, Harms.of(proposal, before, after, overall, changes, people));
  }

  private static AttributeChange change(
      Unseen unseen, AttributeAudit before, AttributeAudit after, int[] was, int[] is) {
    PairedGroups groups =
        PairedGroups.of(
            unseen.rows(),
            unseen.rows().attribute(before.attribute()),
            was,
            is,
            unseen.settings().minGroupSize(),
            unseen.settings().weights().orElse(WeightKind.FREQUENCY),
            unseen.settings().seed());
    Map<Aim, PairedChange> changes = new EnumMap<>(Aim.class);
    put(changes, Aim.MODEL_BIAS, groups.modelBias());
    put(changes, Aim.LARGEST_GAP, groups.largestGap());
    put(changes, Aim.WORST_GROUP, groups.worst());
    put(changes, Aim.AVERAGE_GROUP, groups.average());
    before
        .counterfactualBias()
        .flatMap(bias -> after.counterfactualBias().map(then -> onPairs(bias, then)))
        .ifPresent(change -> put(changes, Aim.COUNTERFACTUAL_BIAS, change));
    return new AttributeChange(before.attribute(), changes);
  }

  private static void put(Map<Aim, PairedChange> changes, Aim aim, PairedChange change) {
    if (!Double.isNaN(change.value())) {
      changes.put(aim, change);
    }
  }

  /**
   * From two intervals, as if the pairs were others before and after: that is wider than need be,
   * since both are measured on the same pairs.
   */
  private static PairedChange onPairs(CounterfactualBias before, CounterfactualBias after) {
    Estimate.Known was = before.judged();
    Estimate.Known is = after.judged();
    double change = is.value() - was.value();
    return new PairedChange(
        change,
        change - Math.hypot(is.value() - is.low(), was.high() - was.value()),
        change + Math.hypot(is.high() - is.value(), was.value() - was.low()));
  }

  /** Of rows that are right in one of the two only, the rest cancels. */
  private static PairedChange overall(Unseen unseen, int[] was, int[] is) {
    int[] targets = unseen.rows().target().codes();
    double[] weights = unseen.rows().weights();
    double[] changes = new double[was.length];
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < changes.length; row++) {
      changes[row] = (is[row] == targets[row] ? 1 : 0) - (was[row] == targets[row] ? 1 : 0);
      total += weights[row];
      sum += weights[row] * changes[row];
      squares += weights[row] * changes[row] * changes[row];
    }
    double mean = sum / total;
    double n =
        unseen.settings().weights().equals(Optional.of(WeightKind.SAMPLING))
            ? EffectiveRows.number(changes, weights)
            : total;
    return PairedChange.ofMean(mean, Math.sqrt(Math.max(0, squares / total - mean * mean) / n));
  }
}

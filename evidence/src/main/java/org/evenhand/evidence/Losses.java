package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Aim;
import org.evenhand.repair.AttributeChange;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.Finding;
import org.evenhand.repair.Harm;
import org.evenhand.repair.PairedChange;
import org.evenhand.repair.Value;

/** What a repair costs, beyond the harms that have a limit, and what it reads of people. */
final class Losses {
  /** Smaller falls of one group are not named. */
  private static final double NAMED = 0.02;

  private Losses() {}

  /** One sentence each, the harms first; at least one. */
  static List<String> of(RepairRecord repair, List<Comparison> comparisons) {
    List<String> sentences = new ArrayList<>();
    repair.measured().effects().harms().stream().map(Harm::text).forEach(sentences::add);
    boolean small = sentences.isEmpty();
    repair.judgement().beyondLimit().ifPresent(sentences::add);
    PairedChange overall = repair.measured().effects().overall();
    if (Finding.of(overall, true) == Finding.WORSE && isNew(sentences, "Overall accuracy")) {
      sentences.add(falls("Overall accuracy", overall));
    }
    for (AttributeChange change : repair.measured().effects().attributes()) {
      for (Aim aim : List.of(Aim.AVERAGE_GROUP, Aim.WORST_GROUP)) {
        change
            .of(aim)
            .filter(measured -> Finding.of(measured, true) == Finding.WORSE)
            .map(
                measured ->
                    falls(Numbers.capitalized(aim.title()) + " by " + change.attribute(), measured))
            .filter(sentence -> small)
            .ifPresent(sentences::add);
      }
    }
    comparisons.forEach(comparison -> largestFall(comparison, repair).ifPresent(sentences::add));
    return sentences.isEmpty()
        ? List.of(
            "None of the harms that are looked for was found, and no group's accuracy falls by two points.")
        : sentences;
  }

  private static boolean isNew(List<String> sentences, String figure) {
    return sentences.stream().noneMatch(sentence -> sentence.startsWith(figure));
  }

  private static String falls(String figure, PairedChange change) {
    return "%s falls by %s, which is beyond chance."
        .formatted(figure, Unit.POINTS.inWords(-change.value()));
  }

  /** The group whose accuracy falls most, if by more than a little. */
  private static Optional<String> largestFall(Comparison comparison, RepairRecord repair) {
    List<GroupAccuracy> after = repair.after().attribute(comparison.attribute()).groups();
    return comparison.before().groups().stream()
        .filter(group -> fall(group, after) >= NAMED)
        .max(Comparator.comparingDouble(group -> fall(group, after)))
        .map(
            group ->
                "Of the groups by %s, accuracy falls most where %s and %s = %s: from %s to %s."
                    .formatted(
                        comparison.attribute(),
                        comparison.classNamed(group.target()),
                        comparison.attribute(),
                        group.attributeValue(),
                        Unit.PERCENT.show(group.accuracy()),
                        same(group, after)
                            .map(other -> Unit.PERCENT.show(other.accuracy()))
                            .orElse("an unknown share")));
  }

  private static double fall(GroupAccuracy before, List<GroupAccuracy> after) {
    return before.judged()
            && before.accuracy() instanceof Known was
            && same(before, after).map(GroupAccuracy::accuracy).orElse(was) instanceof Known is
        ? was.value() - is.value()
        : 0;
  }

  private static Optional<GroupAccuracy> same(GroupAccuracy group, List<GroupAccuracy> others) {
    return others.stream()
        .filter(
            other ->
                other.target().equals(group.target())
                    && other.attributeValue().equals(group.attributeValue()))
        .findFirst();
  }

  /** Of each attribute, whether the correction reads it; nothing for one that reads nothing. */
  static List<String> read(RepairRecord repair) {
    return repair.proposal().details().stream()
        .filter(FactGroup.class::isInstance)
        .flatMap(group -> ((FactGroup) group).details().stream())
        .filter(FactGroup.class::isInstance)
        .map(FactGroup.class::cast)
        .flatMap(
            attribute ->
                attribute.details().stream()
                    .filter(Fact.class::isInstance)
                    .map(Fact.class::cast)
                    .filter(fact -> fact.key().equals("reads_attribute"))
                    .filter(fact -> fact.value() instanceof Value.Text)
                    .map(
                        fact ->
                            "Does the correction read %s? %s."
                                .formatted(
                                    attribute.title(),
                                    Numbers.capitalized(((Value.Text) fact.value()).text()))))
        .toList();
  }
}

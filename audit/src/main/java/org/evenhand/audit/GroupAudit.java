package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/**
 * The groups (t,b) of one attribute with what is measured over those that have enough rows.
 *
 * @param groups all of them, by class and then by value
 * @param comparable the judged groups of the classes that have two or more
 * @param average unweighted mean of the judged groups' accuracies
 * @param worst their minimum
 * @param modelBias the equal-odds gap
 * @param largestGap between two values in one class
 * @param pValue of the hypothesis that both gaps are within their tolerances; NaN if nothing could
 *     be compared
 */
record GroupAudit(
    List<GroupAccuracy> groups,
    JudgedGroups comparable,
    Estimate average,
    Estimate worst,
    Estimate modelBias,
    LargestGap largestGap,
    double pValue) {

  static GroupAudit of(Counts counts, Target target, Attribute attribute, AuditSettings settings) {
    Proportion[] accuracies = counts.accuracies();
    JudgedGroups judged = JudgedGroups.of(accuracies, attribute.size(), settings.minGroupSize());
    Proportion[] ofJudged =
        judged.accuracies().stream().flatMap(Stream::of).toArray(Proportion[]::new);
    JudgedGroups comparable = judged.comparable();
    List<GroupAccuracy> groups = groups(accuracies, target, attribute, settings);
    if (comparable.classes().isEmpty()) {
      Unknown tooFew =
          new Unknown(
              "no class has two values of %s with at least %d rows each"
                  .formatted(attribute.name(), settings.minGroupSize()));
      return new GroupAudit(
          groups,
          comparable,
          average(ofJudged, settings),
          worst(ofJudged, settings),
          tooFew,
          new LargestGap(tooFew, Optional.empty()),
          Double.NaN);
    }
    AbsoluteGaps.Bounds meanGap =
        AbsoluteGaps.ofShares(comparable.accuracies()).bounds(settings.draws(), settings.seed());
    LargestGapBounds largest = new LargestGapBounds(PairTest.DIFFERENCE, comparable.accuracies());
    return new GroupAudit(
        groups,
        comparable,
        average(ofJudged, settings),
        worst(ofJudged, settings),
        meanGap.interval(settings.confidence()),
        new LargestGap(
            largest.interval(settings.confidence()),
            Optional.of(between(largest.largest(), comparable, target, attribute))),
        // Either test may say so, so each has half of the error.
        Math.min(
            1,
            2
                * Math.min(
                    meanGap.pValue(settings.tolerance()),
                    largest.pValue(settings.gapTolerance()))));
  }

  private static List<GroupAccuracy> groups(
      Proportion[] accuracies, Target target, Attribute attribute, AuditSettings settings) {
    List<GroupAccuracy> groups = new ArrayList<>();
    for (int group = 0; group < accuracies.length; group++) {
      String targetClass = target.classes().names().get(group / attribute.size());
      String value = attribute.values().get(group % attribute.size());
      String label = label(attribute.name(), value, target.name(), targetClass);
      Proportion share = accuracies[group];
      groups.add(
          new GroupAccuracy(
              targetClass,
              value,
              share.n(),
              share.hits(),
              share.estimate(settings.z(), "the group %s has no rows".formatted(label)),
              share.n() >= settings.minGroupSize()));
    }
    return groups;
  }

  private static LargestGap.Between between(
      LargestGapBounds.Pair pair, JudgedGroups comparable, Target target, Attribute attribute) {
    JudgedGroups.OfClass ofClass = comparable.classes().get(pair.stratum());
    return new LargestGap.Between(
        target.classes().names().get(ofClass.target()),
        attribute.values().get(ofClass.values()[pair.higher()]),
        attribute.values().get(ofClass.values()[pair.lower()]));
  }

  /** A group in words, such as {@code race = Other, repaid = no}. */
  static String label(String attribute, String value, String target, String targetClass) {
    return "%s = %s, %s = %s".formatted(attribute, value, target, targetClass);
  }

  private static Unknown noneJudged(AuditSettings settings) {
    return new Unknown("no group has at least %d rows".formatted(settings.minGroupSize()));
  }

  private static Estimate average(Proportion[] accuracies, AuditSettings settings) {
    return accuracies.length == 0
        ? noneJudged(settings)
        : Mover.mean(
            Arrays.stream(accuracies)
                .map(share -> share.wilson(settings.z()))
                .toArray(Known[]::new));
  }

  /**
   * The minimum of the accuracies. The truly worst group is above its own lower limit, so the
   * smallest lower limit needs no correction; the upper end must hold for whichever group looks
   * worst, so it shares its error among all.
   */
  private static Estimate worst(Proportion[] accuracies, AuditSettings settings) {
    if (accuracies.length == 0) {
      return noneJudged(settings);
    }
    double z = settings.z();
    double zOfAll = Normal.quantile(1 - (1 - settings.confidence()) / 2 / accuracies.length);
    double value = 1;
    double low = 1;
    double high = 1;
    for (Proportion accuracy : accuracies) {
      value = Math.min(value, accuracy.value());
      low = Math.min(low, accuracy.wilson(z).low());
      high = Math.min(high, accuracy.wilson(zOfAll).high());
    }
    return new Known(value, low, high);
  }
}

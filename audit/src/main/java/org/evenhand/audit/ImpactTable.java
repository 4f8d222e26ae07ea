package org.evenhand.audit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;

/**
 * One attribute as New York City's rules on automated employment decision tools have it (6 RCNY
 * 5-301): the rate of every category, and its ratio to the highest rate of any.
 *
 * @param attribute its name
 * @param scoring whether rates are scoring rates, the share with a score above the sample's median;
 *     else selection rates, the share given the favourable class
 * @param categories one per value, in the attribute's order
 * @param unknown rows whose value is not known, weighted
 * @param excludeBelow categories of a smaller share of the rows whose value is known take no part
 *     in the ratios; 0 for none
 */
public record ImpactTable(
    String attribute,
    boolean scoring,
    List<Category> categories,
    double unknown,
    double excludeBelow) {
  /** Copies the list. */
  public ImpactTable {
    categories = List.copyOf(categories);
  }

  /**
   * One value of the attribute.
   *
   * @param value its name
   * @param n rows, weighted
   * @param share of the rows whose value is known, 0 to 1
   * @param rate selection or scoring rate
   * @param impactRatio the rate over the highest one
   * @param excluded whether there are too few rows to take part in the ratios
   */
  public record Category(
      String value,
      double n,
      double share,
      Estimate rate,
      Estimate impactRatio,
      boolean excluded) {}

  /** What its rates are called. */
  public String rateTitle() {
    return scoring ? "scoring rate" : "selection rate";
  }

  /** The names of the categories that are left out of the ratios. */
  public List<String> excluded() {
    return categories.stream().filter(Category::excluded).map(Category::value).toList();
  }

  /**
   * The table of every attribute. The median is that of all rows, those of unknown categories too.
   *
   * @param set the rows that are audited
   * @param answers one per row
   * @param settings of the audit
   * @param favourable the class that rates are about
   * @param scoring whether rates are about scores above the median, which answers that are labels
   *     do not have, and not about decisions
   * @param excludeBelow as {@link #excludeBelow()}
   * @throws AuditException if the share is not from 0 to below 1, or labels are to be scored
   */
  public static List<ImpactTable> of(
      LabelledSet set,
      Answers answers,
      AuditSettings settings,
      int favourable,
      boolean scoring,
      double excludeBelow) {
    if (!(excludeBelow >= 0 && excludeBelow < 1)) {
      throw new AuditException(
          "Categories of a share below %s are to be left out; it must be at least 0 and below 1."
              .formatted(excludeBelow));
    }
    boolean[] hits =
        scoring
            ? aboveMedian(answers, favourable, set.weights())
            : given(answers.decisions(settings.decisionRule()), favourable);
    return set.attributes().stream()
        .map(attribute -> of(attribute, set.weights(), hits, settings, scoring, excludeBelow))
        .toList();
  }

  private static boolean[] given(int[] decisions, int favourable) {
    boolean[] hits = new boolean[decisions.length];
    for (int row = 0; row < hits.length; row++) {
      hits[row] = decisions[row] == favourable;
    }
    return hits;
  }

  /** Strictly above the median: where it lies between two scores, from the upper one on. */
  private static boolean[] aboveMedian(Answers answers, int favourable, double[] weights) {
    if (!(answers instanceof Answers.Soft soft)) {
      throw new AuditException("The answers are labels; scoring rates need scores.");
    }
    int classes = soft.classes().size();
    double[] scores =
        IntStream.range(0, weights.length)
            .mapToDouble(row -> soft.logProbabilities()[row * classes + favourable])
            .toArray();
    double half = Arrays.stream(weights).sum() / 2;
    double below = 0;
    double median = Double.NEGATIVE_INFINITY;
    for (int row : RadixSort.ascending(scores)) {
      if (below >= half) {
        break;
      }
      below += weights[row];
      median = scores[row];
    }
    boolean[] hits = new boolean[scores.length];
    for (int row = 0; row < hits.length; row++) {
      hits[row] = scores[row] > median;
    }
    return hits;
  }

  private static ImpactTable of(
      Attribute attribute,
      double[] weights,
      boolean[] hits,
      AuditSettings settings,
      boolean scoring,
      double excludeBelow) {
    Members members = Members.of(attribute, weights);
    Tally[] given = Tally.none(attribute.size());
    Tally[] others = Tally.none(attribute.size());
    for (int i = 0; i < members.rows().length; i++) {
      int b = members.attribute().codes()[i];
      Tally row = Tally.of(members.weights()[i], settings.weightKind());
      Tally[] outcome = hits[members.rows()[i]] ? given : others;
      outcome[b] = outcome[b].plus(row);
    }
    double[] n = new double[attribute.size()];
    Arrays.setAll(n, b -> given[b].plus(others[b]).weight());
    List<Category> rated =
        IntStream.range(0, n.length)
            .filter(b -> n[b] > 0)
            .mapToObj(
                b -> {
                  double share = n[b] / members.known();
                  return new Category(
                      attribute.values().get(b),
                      n[b],
                      share,
                      Tally.share(given[b], others[b]).wilson(settings.z()),
                      new Unknown("no other category has a rate"),
                      share < excludeBelow);
                })
            .toList();
    Optional<Known> highest =
        rated.stream()
            .filter(category -> !category.excluded())
            .map(category -> (Known) category.rate())
            .max(Comparator.comparingDouble(Known::value));
    return new ImpactTable(
        attribute.name(),
        scoring,
        rated.stream().map(category -> compared(category, highest, excludeBelow)).toList(),
        members.unknown(),
        excludeBelow);
  }

  private static Category compared(
      Category category, Optional<Known> highest, double excludeBelow) {
    Estimate ratio;
    if (category.excluded()) {
      ratio =
          new Unknown("left out: fewer than %s %% of the rows".formatted(percent(excludeBelow)));
    } else if (highest.isEmpty() || highest.get().value() == 0) {
      ratio = new Unknown("the highest rate is 0");
    } else if (category.rate().equals(highest.get())) {
      ratio = new Known(1, 1, 1);
    } else {
      ratio = Mover.ratio((Known) category.rate(), highest.get());
    }
    return new Category(
        category.value(),
        category.n(),
        category.share(),
        category.rate(),
        ratio,
        category.excluded());
  }

  private static String percent(double share) {
    double percent = Math.round(share * 1e6) / 1e4;
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }
}

package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;

/**
 * Measures counterfactual bias: how much a classifier's answers change when nothing but a protected
 * attribute does.
 *
 * <pre>{@code
 * CounterfactualBias bias =
 *     CounterfactualAudit.of(
 *         pairs,
 *         classifier.answer(pairs.factual().inputs()),
 *         classifier.answer(pairs.counterfactual().inputs()),
 *         CounterfactualAudit.DELTA,
 *         AuditSettings.DEFAULT);
 * bias.verdict();
 * }</pre>
 */
public final class CounterfactualAudit {
  /** The documented default of δ: a change of two points in the true class's probability. */
  public static final double DELTA = 0.02;

  private final CounterfactualPairs pairs;
  private final Answers.Soft before;
  private final Answers.Soft after;
  private final double[] weights;
  private final boolean[] flipped;
  private final AuditSettings settings;

  private CounterfactualAudit(
      CounterfactualPairs pairs, Answers.Soft before, Answers.Soft after, AuditSettings settings) {
    this.pairs = pairs;
    this.before = before;
    this.after = after;
    this.settings = settings;
    this.weights = pairs.factual().weights();
    int[] one = before.decisions(settings.decisionRule());
    int[] other = after.decisions(settings.decisionRule());
    this.flipped = new boolean[one.length];
    for (int pair = 0; pair < one.length; pair++) {
      flipped[pair] = one[pair] != other[pair];
    }
  }

  /**
   * Measures the bias on given pairs. The same pairs in another order, or repeated instead of
   * weighted, give the same figures to within rounding.
   *
   * @param pairs rows in two versions
   * @param factual answers to the factual rows
   * @param counterfactual answers to the counterfactual rows
   * @param delta δ, the tolerated bias, at least 0 and below 1
   * @param settings confidence, decision rule, favourable class and seed
   * @throws AuditException if answers name classes and no probabilities, do not match the pairs, or
   *     no pair has weight
   */
  public static CounterfactualBias of(
      CounterfactualPairs pairs,
      Answers factual,
      Answers counterfactual,
      double delta,
      AuditSettings settings) {
    if (!(delta >= 0 && delta < 1)) {
      throw new AuditException(
          "The delta is %s; it must be at least 0 and below 1.".formatted(delta));
    }
    if (!(factual instanceof Answers.Soft before && counterfactual instanceof Answers.Soft after)) {
      throw new AuditException(
          "Counterfactual bias is a change of probabilities, but the model answers with labels only; name an output with probabilities or logits. "
              + Answers.Hard.WAYS_TO_SCORES);
    }
    AuditChecks.requireMatching(pairs.factual(), factual, settings);
    AuditChecks.requireAnswers(pairs.counterfactual().target(), counterfactual);
    return new CounterfactualAudit(pairs, before, after, settings).result(delta);
  }

  private CounterfactualBias result(double delta) {
    int[] own = pairs.factual().target().codes();
    double[] changes = changes(own);
    Estimate.Known bias =
        new BoundedMean(Arrays.stream(changes).map(Math::abs).toArray(), weights, 0, 1)
            .interval(settings.z());
    Optional<Estimate.Known> gap =
        pairs.relation() == Relation.OTHER_INDIVIDUAL ? Optional.of(groupGap()) : Optional.empty();
    Estimate.Known judged = gap.orElse(bias);
    String about =
        settings
            .favourable()
            .orElse(pairs.classes().size() == 2 ? pairs.classes().names().get(1) : "");
    return new CounterfactualBias(
        pairs.attribute(),
        pairs.relation(),
        pairs.weight(),
        bias,
        gap,
        flippedShare(pair -> true),
        about,
        directions(about.isEmpty() ? own : filled(pairs.classes().indexOf(about).orElseThrow())),
        delta,
        CounterfactualBias.verdict(judged, delta),
        CounterfactualBias.explanation(judged, delta, pairs.relation()));
  }

  private int[] filled(int code) {
    int[] codes = new int[pairs.size()];
    Arrays.fill(codes, code);
    return codes;
  }

  /** p(x̄) - p(x) of one class a pair. */
  private double[] changes(int[] classes) {
    double[] changes = new double[pairs.size()];
    for (int pair = 0; pair < changes.length; pair++) {
      changes[pair] = probability(after, pair, classes) - probability(before, pair, classes);
    }
    return changes;
  }

  private static double probability(Answers.Soft answers, int pair, int[] classes) {
    // Rounding in the logarithm must not lift a certain answer above one.
    return Math.min(
        1, Math.exp(answers.logProbabilities()[pair * answers.classes().size() + classes[pair]]));
  }

  private Estimate flippedShare(IntPredicate counted) {
    double hits = 0;
    double n = 0;
    for (int pair = 0; pair < flipped.length; pair++) {
      n += counted.test(pair) ? weights[pair] : 0;
      hits += counted.test(pair) && flipped[pair] ? weights[pair] : 0;
    }
    return new Proportion(hits, n).estimate(settings.z(), "no pair has weight");
  }

  private List<CounterfactualBias.Direction> directions(int[] classes) {
    Attribute from = pairs.factualAttribute();
    int[] to = pairs.counterfactualAttribute().codes();
    double[] changes = changes(classes);
    List<CounterfactualBias.Direction> directions = new ArrayList<>();
    int[] codes =
        IntStream.range(0, to.length).map(i -> from.codes()[i] * from.size() + to[i]).toArray();
    for (int code : IntStream.of(codes).sorted().distinct().toArray()) {
      int[] members = IntStream.range(0, codes.length).filter(i -> codes[i] == code).toArray();
      double[] own = Arrays.stream(members).mapToDouble(i -> weights[i]).toArray();
      double n = Arrays.stream(own).sum();
      if (n > 0) {
        double[] change = Arrays.stream(members).mapToDouble(i -> changes[i]).toArray();
        directions.add(
            new CounterfactualBias.Direction(
                from.values().get(code / from.size()),
                from.values().get(code % from.size()),
                n,
                new BoundedMean(change, own, -1, 1).interval(settings.z()),
                flippedShare(pair -> codes[pair] == code)));
      }
    }
    return directions;
  }

  /**
   * Members of these pairs are independent, so a stratum (class, two values) is a gap between two
   * group means like those of Model Bias, and has an interval that holds near zero.
   */
  private Estimate.Known groupGap() {
    int values = pairs.factualAttribute().size();
    int[] targets = pairs.factual().target().codes();
    int[] one = pairs.factualAttribute().codes();
    int[] other = pairs.counterfactualAttribute().codes();
    int[] strata = new int[pairs.size()];
    for (int pair = 0; pair < strata.length; pair++) {
      strata[pair] =
          (targets[pair] * values + Math.min(one[pair], other[pair])) * values
              + Math.max(one[pair], other[pair]);
    }
    List<double[]> gaps = new ArrayList<>();
    for (int stratum : IntStream.of(strata).sorted().distinct().toArray()) {
      int[] members =
          IntStream.range(0, strata.length)
              .filter(i -> strata[i] == stratum && weights[i] > 0)
              .toArray();
      if (members.length > 0) {
        Moments lower = new Moments();
        Moments upper = new Moments();
        for (int i : members) {
          boolean factualIsLower = one[i] < other[i];
          lower.add(probability(factualIsLower ? before : after, i, targets), weights[i]);
          upper.add(probability(factualIsLower ? after : before, i, targets), weights[i]);
        }
        gaps.add(
            new double[] {
              lower.n, lower.mean(), upper.mean(), lower.varianceOfMean(), upper.varianceOfMean()
            });
      }
    }
    return new AbsoluteGaps(
            gaps.stream().mapToDouble(gap -> gap[0]).toArray(),
            2,
            gaps.stream().flatMapToDouble(gap -> Arrays.stream(gap, 1, 3)).toArray(),
            gaps.stream().flatMapToDouble(gap -> Arrays.stream(gap, 3, 5)).toArray())
        .interval(settings.confidence(), settings.seed());
  }

  /** Mean and spread of probabilities, weighted by frequency. */
  private static final class Moments {
    private double n;
    private double sum;
    private double squares;

    void add(double x, double weight) {
      n += weight;
      sum += weight * x;
      squares += weight * x * x;
    }

    double mean() {
      return sum / n;
    }

    /** With half a row at each end of the range, so that it never vanishes. */
    double varianceOfMean() {
      double mean = (sum + 0.5) / (n + 1);
      return Math.max(0, (squares + 0.5) / (n + 1) - mean * mean) / n;
    }
  }
}

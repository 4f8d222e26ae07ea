package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
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
  private final WeightKind kind;

  private CounterfactualAudit(
      CounterfactualPairs pairs, Answers.Soft before, Answers.Soft after, AuditSettings settings) {
    this.pairs = pairs;
    this.before = before;
    this.after = after;
    this.settings = settings;
    this.weights = pairs.factual().weights();
    this.kind = settings.weights().orElse(WeightKind.FREQUENCY);
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
    Estimate.Known bias = mean(Arrays.stream(changes).map(Math::abs).toArray(), weights, 0);
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

  /** The mean of values between some minimum and 1. */
  private Estimate.Known mean(double[] values, double[] own, double min) {
    return new BoundedMean(values, counted(values, own), min, 1).interval(settings.z());
  }

  /** Weights that sum to how many rows know the mean of these values as well. */
  private double[] counted(double[] values, double[] own) {
    return kind == WeightKind.SAMPLING ? EffectiveRows.scaled(values, own) : own;
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
    Tally hits = Tally.NONE;
    Tally misses = Tally.NONE;
    for (int pair = 0; pair < flipped.length; pair++) {
      if (counted.test(pair)) {
        Tally one = Tally.of(weights[pair], kind);
        hits = flipped[pair] ? hits.plus(one) : hits;
        misses = flipped[pair] ? misses : misses.plus(one);
      }
    }
    return Tally.share(hits, misses).estimate(settings.z(), "no pair has weight");
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
                mean(change, own, -1),
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
        double[] own = Arrays.stream(members).mapToDouble(i -> weights[i]).toArray();
        Mean lower =
            mean(members, own, i -> probability(one[i] < other[i] ? before : after, i, targets));
        Mean upper =
            mean(members, own, i -> probability(one[i] < other[i] ? after : before, i, targets));
        gaps.add(
            new double[] {
              Arrays.stream(own).sum(),
              lower.value(),
              upper.value(),
              lower.variance(),
              upper.variance()
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

  /**
   * A mean of probabilities.
   *
   * @param variance of the mean, with half a row at each end of the range, so that it never
   *     vanishes
   */
  private record Mean(double value, double variance) {}

  private Mean mean(int[] members, double[] own, IntToDoubleFunction probability) {
    double[] values = Arrays.stream(members).mapToDouble(probability).toArray();
    double[] rows = counted(values, own);
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      n += rows[i];
      sum += rows[i] * values[i];
      squares += rows[i] * values[i] * values[i];
    }
    double middle = (sum + 0.5) / (n + 1);
    return new Mean(sum / n, Math.max(0, (squares + 0.5) / (n + 1) - middle * middle) / n);
  }
}

package org.evenhand.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Members;
import org.evenhand.core.Target;

/** Measures the values of one attribute: rates, comparisons with a reference, and scores. */
final class ValueAudit {
  private final Target target;
  private final Members members;
  private final Attribute attribute;
  private final AuditSettings settings;
  private final OptionalInt favourable;
  private final WeightKind kind;
  private final double[] weights;
  private final Rates[] rates;

  /**
   * @param target the true class of every row
   * @param members the rows of the attribute's groups
   * @param counts of these groups
   * @param weights of all rows
   * @param kind what they mean
   * @param favourable index of the favourable class; without one, only the metrics that need none
   *     are known
   */
  ValueAudit(
      Target target,
      Members members,
      Counts counts,
      double[] weights,
      WeightKind kind,
      AuditSettings settings,
      OptionalInt favourable) {
    this.target = target;
    this.members = members;
    this.attribute = members.attribute();
    this.settings = settings;
    this.favourable = favourable;
    this.weights = weights;
    this.kind = kind;
    this.rates =
        IntStream.range(0, attribute.size())
            .mapToObj(b -> Rates.of(counts, target, attribute, b, favourable, settings.z()))
            .toArray(Rates[]::new);
  }

  /**
   * Index of the value with the highest selection rate, the first of equals, among those with
   * enough rows; among all if none has enough; none where no class is favourable.
   */
  OptionalInt mostSelected() {
    OptionalInt most = mostSelected(settings.minGroupSize());
    return most.isPresent() ? most : mostSelected(0);
  }

  private OptionalInt mostSelected(double enough) {
    OptionalInt most = OptionalInt.empty();
    double highest = -1;
    for (int b = 0; b < rates.length; b++) {
      if (rates[b].n() >= enough
          && rates[b].selectionRate() instanceof Known selection
          && selection.value() > highest) {
        most = OptionalInt.of(b);
        highest = selection.value();
      }
    }
    return most;
  }

  /**
   * The metrics of every value.
   *
   * @param answers whose scores are ranked and calibrated
   * @param reference index of the value that the others are compared with; without one, every value
   *     is compared with itself, which leaves unknown what is unknown of it
   */
  List<ValueMetrics> metrics(Answers answers, OptionalInt reference) {
    int[][] ofValue = membersByValue();
    List<Optional<ScoredOutcomes>> scores =
        IntStream.range(0, rates.length)
            .parallel()
            .mapToObj(b -> scored(answers, ofValue[b]))
            .toList();
    return IntStream.range(0, rates.length)
        .parallel()
        .mapToObj(
            b -> {
              int other = reference.orElse(b);
              ValueComparison comparison =
                  new ValueComparison(
                      rates[b], rates[other], scores.get(b), scores.get(other), settings);
              return ValueMetrics.of(
                  attribute.values().get(b), rates[b].n(), metric -> metric.compute(comparison));
            })
        .toList();
  }

  /** The lowest selection rate over the highest. */
  FourFifths fourFifths() {
    if (favourable.isEmpty()) {
      return FourFifths.unknown(Rates.NO_FAVOURABLE.reason());
    }
    return FourFifths.of(
        attribute,
        Arrays.stream(rates).map(Rates::selection).toArray(Proportion[]::new),
        target.classes().names().get(favourable.getAsInt()),
        settings);
  }

  private int[][] membersByValue() {
    int[] codes = attribute.codes();
    int[] sizes = new int[rates.length];
    for (int code : codes) {
      sizes[code]++;
    }
    int[][] ofValue = new int[rates.length][];
    for (int b = 0; b < ofValue.length; b++) {
      ofValue[b] = new int[sizes[b]];
    }
    for (int member = codes.length - 1; member >= 0; member--) {
      ofValue[codes[member]][--sizes[codes[member]]] = member;
    }
    return ofValue;
  }

  private Optional<ScoredOutcomes> scored(Answers answers, int[] ofValue) {
    if (!(answers instanceof Answers.Soft soft) || favourable.isEmpty()) {
      return Optional.empty();
    }
    int positive = favourable.getAsInt();
    int classes = soft.classes().size();
    double[] scores = new double[ofValue.length];
    boolean[] deserving = new boolean[ofValue.length];
    double[] shares = new double[ofValue.length];
    double[] squares = kind == WeightKind.SAMPLING ? new double[ofValue.length] : shares;
    for (int i = 0; i < ofValue.length; i++) {
      int row = members.rows()[ofValue[i]];
      scores[i] = soft.logProbabilities()[row * classes + positive];
      deserving[i] = target.codes()[row] == positive;
      shares[i] = members.weights()[ofValue[i]];
      if (kind == WeightKind.SAMPLING) {
        squares[i] = shares[i] * weights[row];
      }
    }
    return Optional.of(new ScoredOutcomes(scores, deserving, shares, squares));
  }
}

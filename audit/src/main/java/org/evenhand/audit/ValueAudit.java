package org.evenhand.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Members;
import org.evenhand.core.Target;

/** Measures the values of one attribute: rates, comparisons with a reference, and scores. */
final class ValueAudit {
  private static final double FOUR_FIFTHS = 0.8;
  private static final Estimate LABELS_ONLY =
      new Unknown("the answers are labels, without probabilities");

  private final Target target;
  private final Members members;
  private final Attribute attribute;
  private final AuditSettings settings;
  private final int favourable;
  private final Rates[] rates;

  /**
   * @param target the true class of every row
   * @param members the rows of the attribute's groups
   * @param favourable index of the favourable class
   */
  ValueAudit(
      Target target,
      Members members,
      ConfusionTable table,
      AuditSettings settings,
      int favourable) {
    this.target = target;
    this.members = members;
    this.attribute = members.attribute();
    this.settings = settings;
    this.favourable = favourable;
    this.rates =
        IntStream.range(0, attribute.size())
            .mapToObj(b -> Rates.of(table, target, attribute, b, favourable, settings.z()))
            .toArray(Rates[]::new);
  }

  /** The metrics of every value where no class is known to be favourable. */
  static List<ValueMetrics> withoutFavourable(Attribute attribute, ConfusionTable table) {
    Unknown unknown = new Unknown("no favourable class is named");
    return IntStream.range(0, attribute.size())
        .mapToObj(
            b ->
                new ValueMetrics(
                    attribute.values().get(b),
                    IntStream.range(0, table.classes()).mapToDouble(t -> table.rows(t, b)).sum(),
                    unknown,
                    unknown,
                    unknown,
                    unknown,
                    unknown,
                    false,
                    unknown,
                    unknown,
                    unknown,
                    unknown,
                    unknown,
                    unknown))
        .toList();
  }

  /**
   * Index of the value with the highest selection rate, the first of equals, among those with
   * enough rows; among all if none has enough.
   */
  int mostSelected() {
    int most = mostSelected(settings.minGroupSize());
    return most >= 0 ? most : mostSelected(0);
  }

  private int mostSelected(double enough) {
    int most = -1;
    double highest = -1;
    for (int b = 0; b < rates.length; b++) {
      if (rates[b].n() >= enough
          && rates[b].selection() instanceof Known selection
          && selection.value() > highest) {
        most = b;
        highest = selection.value();
      }
    }
    return most;
  }

  /**
   * The metrics of every value.
   *
   * @param answers whose scores are ranked and calibrated
   * @param reference index of the value that the others are compared with
   */
  List<ValueMetrics> metrics(Answers answers, int reference) {
    int[][] ofValue = membersByValue();
    return IntStream.range(0, rates.length)
        .parallel()
        .mapToObj(b -> metrics(b, rates[reference], scored(answers, ofValue[b])))
        .toList();
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
    if (!(answers instanceof Answers.Soft soft)) {
      return Optional.empty();
    }
    int classes = soft.classes().size();
    double[] scores = new double[ofValue.length];
    boolean[] deserving = new boolean[ofValue.length];
    double[] weights = new double[ofValue.length];
    for (int i = 0; i < ofValue.length; i++) {
      int row = members.rows()[ofValue[i]];
      scores[i] = soft.logProbabilities()[row * classes + favourable];
      deserving[i] = target.codes()[row] == favourable;
      weights[i] = members.weights()[ofValue[i]];
    }
    return Optional.of(new ScoredOutcomes(scores, deserving, weights));
  }

  private ValueMetrics metrics(int b, Rates reference, Optional<ScoredOutcomes> scored) {
    Rates own = rates[b];
    Estimate impactRatio = own.impactRatio(reference);
    return new ValueMetrics(
        attribute.values().get(b),
        own.n(),
        own.selection(),
        own.truePositive(),
        own.falsePositive(),
        own.predictive(),
        impactRatio,
        impactRatio instanceof Known ratio && ratio.value() < FOUR_FIFTHS,
        own.statisticalParityDifference(reference),
        own.equalOpportunityDifference(reference),
        own.averageOddsDifference(reference),
        own.predictiveParityDifference(reference),
        scored
            .map(s -> s.calibrationError(settings.confidence(), settings.seed(), own.label()))
            .orElse(LABELS_ONLY),
        scored.map(s -> s.areaUnderRoc(settings.z(), own.label())).orElse(LABELS_ONLY));
  }
}

package org.evenhand.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;

/** Measures the values of one attribute: rates, comparisons with a reference, and scores. */
final class ValueAudit {
  private static final double FOUR_FIFTHS = 0.8;
  private static final Estimate LABELS_ONLY =
      new Unknown("the answers are labels, without probabilities");

  private final LabelledSet set;
  private final Attribute attribute;
  private final AuditSettings settings;
  private final int favourable;
  private final Rates[] rates;

  /**
   * @param favourable index of the favourable class
   */
  ValueAudit(
      LabelledSet set,
      Attribute attribute,
      ConfusionTable table,
      AuditSettings settings,
      int favourable) {
    this.set = set;
    this.attribute = attribute;
    this.settings = settings;
    this.favourable = favourable;
    this.rates =
        IntStream.range(0, attribute.size())
            .mapToObj(b -> Rates.of(table, set.target(), attribute, b, favourable, settings.z()))
            .toArray(Rates[]::new);
  }

  /** The metrics of every value where no class is known to be favourable. */
  static List<ValueMetrics> withoutFavourable(Attribute attribute, ConfusionTable table) {
    Unknown unknown = new Unknown("name the favourable class with --favourable");
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
    int[][] rows = rowsByValue();
    return IntStream.range(0, rates.length)
        .parallel()
        .mapToObj(b -> metrics(b, rates[reference], scored(answers, rows[b])))
        .toList();
  }

  private int[][] rowsByValue() {
    int[] codes = attribute.codes();
    int[] sizes = new int[rates.length];
    for (int code : codes) {
      sizes[code]++;
    }
    int[][] rows = new int[rates.length][];
    for (int b = 0; b < rows.length; b++) {
      rows[b] = new int[sizes[b]];
    }
    for (int row = codes.length - 1; row >= 0; row--) {
      rows[codes[row]][--sizes[codes[row]]] = row;
    }
    return rows;
  }

  private Optional<ScoredOutcomes> scored(Answers answers, int[] rows) {
    if (!(answers instanceof Answers.Soft soft)) {
      return Optional.empty();
    }
    int classes = soft.classes().size();
    double[] scores = new double[rows.length];
    boolean[] deserving = new boolean[rows.length];
    double[] weights = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[i] = soft.logProbabilities()[rows[i] * classes + favourable];
      deserving[i] = set.target().codes()[rows[i]] == favourable;
      weights[i] = set.weights()[rows[i]];
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

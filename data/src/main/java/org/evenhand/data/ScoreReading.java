package org.evenhand.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;

/**
 * How a column of scores is read.
 *
 * @param scale what the scores are
 * @param about the class that a higher score speaks for; if empty, the second of the two
 * @param threshold the score from which on that class is decided, in the scores' own unit; if
 *     empty, the more probable class is, and of points the class from above the column's median on
 */
public record ScoreReading(Scale scale, Optional<String> about, Optional<Double> threshold) {
  /** Probabilities of the second class, of which the more probable one is decided. */
  public static final ScoreReading PROBABILITIES =
      new ScoreReading(Scale.PROBABILITY, Optional.empty(), Optional.empty());

  /** Scores that equal the threshold are decided like higher ones; this keeps them apart. */
  private static final double JUST_ABOVE = 1e-12;

  /** What scores are. */
  public enum Scale {
    /** Between 0 and 1. */
    PROBABILITY("a probability", 0, 1),
    /** A probability between 0 and 100. */
    PERCENT("a probability in percent", 0, 100),
    /** The logarithm of the odds. */
    LOGIT("log-odds", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** Any number that ranks rows, such as a credit score; higher speaks for the class. */
    POINTS("points", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private final String label;
    private final double low;
    private final double high;

    Scale(String label, double low, double high) {
      this.label = label;
      this.low = low;
      this.high = high;
    }

    /** The scale as sentences name it. */
    public String label() {
      return label;
    }

    /** The scale as options and JSON name it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean holds(double score) {
      return low <= score && score <= high && Double.isFinite(score);
    }
  }

  /**
   * @throws DataException if a threshold is not inside the scale
   */
  public ScoreReading {
    threshold.ifPresent(
        t -> {
          if (!scale.holds(t) || t == scale.low || t == scale.high) {
            throw new DataException(
                "The threshold is %s; for %s it must %s."
                    .formatted(
                        t,
                        scale.label,
                        Double.isFinite(scale.high)
                            ? "lie strictly between %.0f and %.0f".formatted(scale.low, scale.high)
                            : "be a finite number"));
          }
        });
  }

  /**
   * The class that a higher score speaks for.
   *
   * @param column the scores' column, for messages
   * @param classes two classes
   * @throws DataException if there are not two, or the named one is not among them
   */
  public String about(String column, Classes classes) {
    if (classes.size() != 2) {
      throw new DataException(
          "The scores in column '%s' need a target of two classes, but it has %d: %s."
              .formatted(column, classes.size(), String.join(", ", classes.names())));
    }
    return classes.names().get(place(column, classes));
  }

  private int place(String column, Classes classes) {
    return about
        .map(
            name ->
                classes
                    .indexOf(name)
                    .orElseThrow(
                        () ->
                            new DataException(
                                "The scores in column '%s' cannot be about class '%s'; the classes are %s."
                                    .formatted(column, name, String.join(", ", classes.names())),
                                Setting.SCORE_CLASS)))
        .orElse(1);
  }

  /**
   * The answers that scores stand for. Those of points keep order and decisions, and their
   * probabilities mean nothing.
   *
   * @param table any table
   * @param column a numeric column
   * @param classes two classes
   * @throws DataException if there are not two classes, or a score is outside the scale
   */
  public Answers.Soft answers(Table table, String column, Classes classes) {
    String named = about(column, classes);
    double[] scores = Labels.numbers(table, column, "scores");
    for (int row = 0; row < scores.length; row++) {
      if (!scale.holds(scores[row])) {
        throw outside(column, CountedRows.place(table, row), scores[row], named);
      }
    }
    return answers(scores, place(column, classes), classes);
  }

  private DataException outside(String column, String at, double score, String named) {
    String what =
        scale == Scale.PROBABILITY || scale == Scale.PERCENT
            ? "the probability of class '%s', between %.0f and %.0f"
                .formatted(named, scale.low, scale.high)
            : "a finite number";
    return new DataException(
        "Column '%s', %s: the score is %s; expected %s."
            .formatted(column, at, Labels.shown(score), what),
        Setting.SCORE_SCALE);
  }

  private Answers.Soft answers(double[] scores, int place, Classes classes) {
    double[] matrix = new double[2 * scores.length];
    double unit = scale == Scale.PERCENT ? 100 : 1;
    double cut = scale == Scale.POINTS ? threshold.orElseGet(() -> aboveMedian(scores)) : 0;
    double spread = Double.MIN_NORMAL;
    for (double score : scores) {
      spread = Math.max(spread, Math.abs(score - cut));
    }
    for (int row = 0; row < scores.length; row++) {
      double score =
          switch (scale) {
            case PROBABILITY, PERCENT -> scores[row] / unit;
            case LOGIT -> scores[row];
            case POINTS ->
                scores[row] >= cut
                    ? Math.max((scores[row] - cut) / spread, JUST_ABOVE)
                    : (scores[row] - cut) / spread;
          };
      matrix[2 * row + place] = score;
      matrix[2 * row + 1 - place] = isProbability() ? 1 - score : 0;
    }
    return isProbability()
        ? Answers.Soft.ofProbabilities(classes, matrix, Answers.FLOAT_FLOOR)
        : Answers.Soft.ofLogits(classes, matrix);
  }

  /** The least score above the median; above all scores where there is none. */
  private static double aboveMedian(double[] scores) {
    double[] sorted = Arrays.stream(scores).sorted().toArray();
    double lower = sorted[(sorted.length - 1) / 2];
    return Arrays.stream(sorted)
        .filter(score -> score > lower)
        .findFirst()
        .orElse(Math.nextUp(lower));
  }

  private boolean isProbability() {
    return scale == Scale.PROBABILITY || scale == Scale.PERCENT;
  }

  /**
   * How the answers become decisions: for the class that scores are about, from the threshold on.
   *
   * @param column the scores' column, for messages
   * @param classes two classes
   */
  public DecisionRule rule(String column, Classes classes) {
    int place = place(column, classes);
    if (scale == Scale.POINTS || (threshold.isEmpty() && place == 1)) {
      return DecisionRule.MOST_PROBABLE;
    }
    double cut = threshold.orElse(isProbability() ? (scale.low + scale.high) / 2 : 0);
    double second = answers(new double[] {cut}, place, classes).logProbabilities()[1];
    // A score of exactly the threshold is decided for its class, to the last bit; without a
    // threshold, equally probable classes are decided as the other one, whichever comes first.
    boolean reaches = place == 1 || threshold.isEmpty();
    double p = place == 1 && isProbability() ? cut / scale.high : Math.exp(second);
    while (reaches ? Math.log(p) > second : Math.log(p) <= second) {
      p = reaches ? Math.nextDown(p) : Math.nextUp(p);
    }
    return DecisionRule.threshold(p);
  }
}

package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Value.Unit;

/**
 * What thresholds are chosen for, on calibration rows. Where no thresholds keep the bounds, those
 * are chosen that miss them by least.
 *
 * @param objective the figure to raise
 * @param maxModelBias bound on Model Bias, 0 to 1; empty for none
 * @param maxAccuracyLoss bound on what overall accuracy may fall by, 0 to 1; empty for none
 * @param minSelectionRatio bound on the lowest over the highest share of a value's rows that are
 *     decided as the selected class, 0 to 1; empty for none
 * @param levelUp what no value may lose
 * @param selected index of the class that counts as selected, 0 or 1
 */
public record ThresholdGoal(
    Objective objective,
    OptionalDouble maxModelBias,
    OptionalDouble maxAccuracyLoss,
    OptionalDouble minSelectionRatio,
    LevelUp levelUp,
    int selected) {
  /** What no value may have less of than with the deployed decisions. */
  public enum LevelUp {
    /** Nothing is promised. */
    NONE("none"),
    /** The share of a value's rows that are decided as the selected class. */
    SELECTION("selection"),
    /** The share of a value's rows that are decided right. */
    ACCURACY("accuracy");

    private final String code;

    LevelUp(String code) {
      this.code = code;
    }

    /** The name on a command line and in machine output. */
    public String code() {
      return code;
    }
  }

  /** Overall accuracy with a Model Bias of at most 2 points. */
  public static final ThresholdGoal DEFAULT =
      new ThresholdGoal(
          Objective.ACCURACY,
          OptionalDouble.of(0.02),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          LevelUp.NONE,
          1);

  /**
   * @throws BaselinesException if a bound is not between 0 and 1, or the selected class is neither
   *     0 nor 1
   */
  public ThresholdGoal {
    requireShare("bound on Model Bias", maxModelBias);
    requireShare("bound on lost accuracy", maxAccuracyLoss);
    requireShare("bound on the selection ratio", minSelectionRatio);
    if (selected != 0 && selected != 1) {
      throw new BaselinesException(
          "The selected class is number %d; thresholds decide between classes 0 and 1."
              .formatted(selected));
    }
  }

  private static void requireShare(String what, OptionalDouble bound) {
    bound.ifPresent(
        value -> {
          if (!(value >= 0 && value <= 1)) {
            throw new BaselinesException(
                "The %s is %s; it must lie between 0 and 1.".formatted(what, value));
          }
        });
  }

  /**
   * The same for another figure.
   *
   * @param other the figure to raise
   */
  public ThresholdGoal withObjective(Objective other) {
    return new ThresholdGoal(
        other, maxModelBias, maxAccuracyLoss, minSelectionRatio, levelUp, selected);
  }

  /**
   * The same with another bound on Model Bias.
   *
   * @param bound 0 to 1
   */
  public ThresholdGoal withMaxModelBias(double bound) {
    return new ThresholdGoal(
        objective, OptionalDouble.of(bound), maxAccuracyLoss, minSelectionRatio, levelUp, selected);
  }

  /**
   * The same with another bound on lost overall accuracy.
   *
   * @param bound 0 to 1
   */
  public ThresholdGoal withMaxAccuracyLoss(double bound) {
    return new ThresholdGoal(
        objective, maxModelBias, OptionalDouble.of(bound), minSelectionRatio, levelUp, selected);
  }

  /**
   * The same with another bound on the selection ratio.
   *
   * @param bound 0 to 1
   * @param of index of the class that counts as selected, 0 or 1
   */
  public ThresholdGoal withMinSelectionRatio(double bound, int of) {
    return new ThresholdGoal(
        objective, maxModelBias, maxAccuracyLoss, OptionalDouble.of(bound), levelUp, of);
  }

  /**
   * The same where no value loses something.
   *
   * @param what it does not lose
   * @param of index of the class that counts as selected, 0 or 1
   */
  public ThresholdGoal withLevelUp(LevelUp what, int of) {
    return new ThresholdGoal(objective, maxModelBias, maxAccuracyLoss, minSelectionRatio, what, of);
  }

  /** By how much figures miss the bounds, in fractions; 0 where they are kept. */
  double missed(Figures figures) {
    double missed = 0;
    if (maxModelBias.isPresent()) {
      missed += Math.max(0, figures.modelBias() - maxModelBias.getAsDouble() - Standing.EQUAL);
    }
    if (maxAccuracyLoss.isPresent()) {
      double lost = figures.accuracyToday() - figures.accuracy();
      missed += Math.max(0, lost - maxAccuracyLoss.getAsDouble() - Standing.EQUAL);
    }
    if (minSelectionRatio.isPresent()) {
      double ratio = figures.selectionRatio(selected);
      missed += Math.max(0, minSelectionRatio.getAsDouble() - ratio - Standing.EQUAL);
    }
    return missed;
  }

  /** The goal in a few words. */
  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(objective.title());
    maxModelBias.ifPresent(bound -> parts.add("Model Bias at most " + points(bound)));
    // A loss of everything is no bound.
    if (maxAccuracyLoss.orElse(1) < 1) {
      parts.add("accuracy down at most " + points(maxAccuracyLoss.getAsDouble()));
    }
    minSelectionRatio.ifPresent(bound -> parts.add("selection ratio at least " + bound));
    if (levelUp != LevelUp.NONE) {
      parts.add("no value loses " + levelUp.code());
    }
    return String.join(", ", parts);
  }

  private static String points(double fraction) {
    return String.format(Locale.ROOT, "%.1f points", 100 * fraction);
  }

  List<Fact> settings() {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.text("objective", "Raised", objective.title()));
    maxModelBias.ifPresent(
        bound ->
            facts.add(Fact.number("max_model_bias", "Model Bias at most", bound, Unit.POINTS)));
    maxAccuracyLoss.ifPresent(
        bound ->
            facts.add(
                Fact.number(
                    "max_accuracy_loss", "Overall accuracy falls by at most", bound, Unit.POINTS)));
    minSelectionRatio.ifPresent(
        bound ->
            facts.add(
                Fact.number("min_selection_ratio", "Selection ratio at least", bound, Unit.PLAIN)));
    if (levelUp != LevelUp.NONE) {
      facts.add(Fact.text("level_up", "No value loses", levelUp.code()));
    }
    return facts;
  }
}

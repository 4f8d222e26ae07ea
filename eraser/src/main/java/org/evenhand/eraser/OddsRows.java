package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Attribute;
import org.evenhand.core.BiasRule;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Members;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.eraser.OddsEvidence.Patches;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.PairChances;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Twins;

/**
 * Calibration rows with what thresholds per value are set from: log-odds of the deployed model and
 * of a second opinion, and p(b|x). The latter two are cross-fitted: each row's come from patches
 * that were trained without it, and so do those of its twins.
 */
final class OddsRows {
  private static final int FOLDS = 5;

  private final CrossedAttributes crossed;
  private final RepairTask task;
  private final SettledTrainers trainers;
  private final Attribute attribute;
  private final Members members;
  private final int[] fold;
  private final OddsEvidence evidence;
  private final Optional<OddsEvidence> ofTwins;
  private Optional<Patches> ofAll = Optional.empty();

  private record Lessons(Lesson value, Lesson outcome) {}

  /**
   * Trains what is needed; several attributes count as one, crossed.
   *
   * @throws EraserException if a group is empty
   */
  OddsRows(RepairTask asked, PatchTrainer trainer) {
    this.crossed = CrossedAttributes.of(asked);
    this.task = crossed.task();
    this.trainers = new SettledTrainers(trainer, task.seed());
    List<Calibration> seen = Calibration.of(task.rows(), task.attributes(), task.scores());
    new AttributeDistillation(seen.get(0), trainers).populatedCells();
    this.attribute = task.rows().attribute(task.attributes().get(0));
    this.members = Members.of(attribute, task.rows().weights());
    this.evidence = OddsEvidence.of(task.scores(), attribute.size());
    this.ofTwins = task.twins().map(twins -> OddsEvidence.of(twins.answers(), attribute.size()));
    this.fold = CrossValidation.folds(seen, FOLDS, task.seed()).ofRows();
    Lessons ofAllRows = lessons(IntStream.range(0, fold.length).toArray());
    trainers.settle(ofAllRows.value());
    trainers.settle(ofAllRows.outcome());
    for (int f = 0; f < FOLDS; f++) {
      crossFit(f);
      task.progress().step("learning who is who", f + 1, FOLDS);
    }
  }

  private void crossFit(int held) {
    int[] in = IntStream.range(0, fold.length).filter(row -> fold[row] != held).toArray();
    int[] out = IntStream.range(0, fold.length).filter(row -> fold[row] == held).toArray();
    Patches patches = train(in);
    evidence.learn(patches, task.rows().inputs().select(out), out);
    ofTwins.ifPresent(
        twins -> {
          Twins all = task.twins().orElseThrow();
          int[] pairs = all.of(out);
          twins.learn(patches, all.inputs().select(pairs), pairs);
        });
  }

  private Patches train(int[] rows) {
    Lessons lessons = lessons(rows);
    return new Patches(trainers.train(lessons.value()), trainers.train(lessons.outcome()));
  }

  private Lessons lessons(int[] rows) {
    Table inputs = task.rows().inputs().select(rows);
    double[] weights = Arrays.stream(rows).mapToDouble(row -> task.rows().weights()[row]).toArray();
    double[] outcomes = new double[2 * rows.length];
    double[] values = new double[attribute.size() * rows.length];
    double[] known = weights.clone();
    double[] shares = shares();
    for (int i = 0; i < rows.length; i++) {
      outcomes[2 * i + task.rows().target().codes()[rows[i]]] = 1;
      double sum = 0;
      for (int b = 0; b < attribute.size(); b++) {
        values[i * attribute.size() + b] = shares[rows[i] * attribute.size() + b];
        sum += values[i * attribute.size() + b];
      }
      if (sum == 0) {
        values[i * attribute.size()] = 1;
        known[i] = 0;
      }
    }
    return new Lessons(
        new Lesson("value", inputs, values, attribute.size(), known),
        new Lesson("outcome", inputs, outcomes, 2, weights));
  }

  /** What is known of every row's value, rows × |B|; zeros where nothing is. */
  private double[] shares() {
    double[] shares = new double[fold.length * attribute.size()];
    for (int member = 0; member < members.rows().length; member++) {
      int row = members.rows()[member];
      double weight = task.rows().weights()[row];
      shares[row * attribute.size() + members.attribute().codes()[member]] +=
          weight > 0 ? members.weights()[member] / weight : 0;
    }
    return shares;
  }

  /** The attribute's values, in the order of thresholds. */
  List<String> values() {
    return attribute.values();
  }

  /** Whether the attributes are read, and how well the inputs tell their values. */
  FactGroup recognised(List<String> attributes) {
    return Recognised.group(
        attributes,
        task.rows().inputs(),
        Recognised.balancedAccuracy(members, evidence.predicted()));
  }

  /** Figures of decisions about the calibration rows. */
  GroupSummary summary(int[] decisions) {
    return summary(task.rows().target(), members, decisions);
  }

  /** Figures of decisions about rows. */
  static GroupSummary summary(Target target, Members members, int[] decisions) {
    return GroupSummary.of(
        target.select(members.rows()),
        members.attribute(),
        Arrays.stream(members.rows()).map(row -> decisions[row]).toArray(),
        members.weights());
  }

  List<String> warnings() {
    return crossed.withUnknown(members.unknown(), "its thresholds are set from the others");
  }

  /** The curves of the values, of the rows that are kept. */
  private List<OddsCurve> curves(SharedRefit refit, boolean withSecond, boolean[] kept) {
    List<OddsCurve> curves = new ArrayList<>();
    for (int b = 0; b < attribute.size(); b++) {
      int value = b;
      int[] of =
          IntStream.range(0, members.rows().length)
              .filter(m -> members.attribute().codes()[m] == value && kept[members.rows()[m]])
              .toArray();
      double[] scores =
          Arrays.stream(of)
              .mapToDouble(m -> evidence.score(refit, withSecond, members.rows()[m]))
              .toArray();
      curves.add(
          OddsCurve.of(
              scores,
              Arrays.stream(scores).map(score -> refit.chance(score, value)).toArray(),
              Arrays.stream(of).map(m -> task.rows().target().codes()[members.rows()[m]]).toArray(),
              Arrays.stream(of).mapToDouble(m -> members.weights()[m]).toArray()));
    }
    return curves;
  }

  private SharedRefit refit(boolean withSecond, boolean[] kept) {
    return SharedRefit.of(
        new SharedRefit.Scores(
            evidence.own(),
            withSecond ? evidence.second() : new double[0],
            task.rows().target().codes(),
            members.among(kept)));
  }

  /** What is fitted to the rows outside a fold, for all folds. */
  final class HeldOut {
    private final boolean withSecond;
    private final List<SharedRefit> refits = new ArrayList<>();
    private final List<List<OddsCurve>> curves = new ArrayList<>();

    private HeldOut(boolean withSecond) {
      this.withSecond = withSecond;
      for (int f = 0; f < FOLDS; f++) {
        boolean[] kept = new boolean[fold.length];
        for (int row = 0; row < kept.length; row++) {
          kept[row] = fold[row] != f;
        }
        SharedRefit refit = refit(withSecond, kept);
        refits.add(refit);
        curves.add(OddsRows.this.curves(refit, withSecond, kept));
      }
    }

    /** The best thresholds for an aim, fold by fold. */
    double[][] thresholds(OddsThresholds.Aim aim) {
      double[][] thresholds = new double[FOLDS][];
      Arrays.setAll(thresholds, f -> OddsThresholds.of(curves.get(f), aim));
      return thresholds;
    }

    /** Score less threshold, of a row or a twin of it. */
    private double margin(double[][] thresholds, OddsEvidence of, int place, int row) {
      return of.score(refits.get(fold[row]), withSecond, place)
          - of.threshold(thresholds[fold[row]], place);
    }

    /** Decisions about every row, by thresholds that were not set on it. */
    int[] decisions(double[][] thresholds) {
      int[] decisions = new int[fold.length];
      Arrays.setAll(decisions, row -> margin(thresholds, evidence, row, row) > 0 ? 1 : 0);
      return decisions;
    }

    /** What rows and their twins are given by the same thresholds, if there are twins. */
    Optional<PairChances> pairs(double[][] thresholds) {
      return task.twins()
          .map(
              twins -> {
                double[] rows = new double[fold.length];
                Arrays.setAll(rows, row -> chance(margin(thresholds, evidence, row, row), row));
                double[] others = new double[twins.size()];
                Arrays.setAll(
                    others,
                    pair -> {
                      int row = twins.rows()[pair];
                      return chance(margin(thresholds, ofTwins.orElseThrow(), pair, row), row);
                    });
                return PairChances.of(twins, rows, others);
              });
    }
  }

  /** What corrected answers give to the true class of a row. */
  private double chance(double margin, int row) {
    double logOdds = margin + logit(task.decisionRule());
    return 1 / (1 + Math.exp(task.rows().target().codes()[row] == 1 ? -logOdds : logOdds));
  }

  HeldOut heldOut(boolean withSecond) {
    return new HeldOut(withSecond);
  }

  /**
   * Thresholds set on all rows.
   *
   * @param refit of the scores
   * @param thresholds one per value, log-odds in nats
   * @param correction that decides by them
   */
  record Fitted(SharedRefit refit, double[] thresholds, OddsCorrection correction) {}

  Fitted fitted(boolean withSecond, OddsThresholds.Aim aim) {
    boolean[] all = new boolean[fold.length];
    Arrays.fill(all, true);
    SharedRefit refit = refit(withSecond, all);
    double[] thresholds = OddsThresholds.of(curves(refit, withSecond, all), aim);
    Patches patches = ofAll.orElseGet(() -> train(IntStream.range(0, fold.length).toArray()));
    ofAll = Optional.of(patches);
    // A rule of probabilities decides at its threshold, which the corrected answers are moved to.
    double cut = logit(task.decisionRule());
    float[] table = new float[2 * thresholds.length];
    for (int b = 0; b < thresholds.length; b++) {
      table[2 * b + 1] = (float) (thresholds[b] - cut);
    }
    return new Fitted(
        refit,
        thresholds,
        new OddsCorrection(
            new BiasRule.Tabulated(patches.value(), table, 2),
            refit.own(),
            withSecond
                ? Optional.of(new OddsCorrection.Opinion(patches.outcome(), refit.second()))
                : Optional.empty()));
  }

  private static double logit(DecisionRule rule) {
    return rule.threshold().isPresent()
        ? Math.log(rule.threshold().getAsDouble() / (1 - rule.threshold().getAsDouble()))
        : 0;
  }
}

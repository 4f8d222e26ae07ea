package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Members;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.PairChances;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Twins;

/**
 * Calibration rows with what their class and value are told by, cross-fitted: what the inputs say
 * of a row comes from a patch that was trained without it.
 */
final class CellRows {
  private static final int FOLDS = 5;

  private final CrossedAttributes crossed;
  private final RepairTask task;
  private final SettledTrainers trainers;
  private final Attribute attribute;
  private final Members members;
  private final int[] fold;
  private final CellRefit.Evidence evidence;
  private final Optional<CellRefit.Evidence> ofTwins;
  private Optional<Patch> ofAll = Optional.empty();

  /**
   * Trains the patches of all folds; several attributes count as one, crossed.
   *
   * @throws EraserException if a group is empty
   */
  CellRows(RepairTask asked, PatchTrainer trainer) {
    this.crossed = CrossedAttributes.of(asked);
    this.task = crossed.task();
    List<Calibration> seen = Calibration.of(task.rows(), task.attributes(), task.scores());
    this.trainers = new SettledTrainers(trainer, task.seed());
    new AttributeDistillation(seen.get(0), trainers).populatedCells();
    this.attribute = seen.get(0).attribute();
    this.members = Members.of(attribute, task.rows().weights());
    this.fold = CrossValidation.folds(seen, FOLDS, task.seed()).ofRows();
    this.evidence = evidence(task.scores());
    this.ofTwins = task.twins().map(twins -> evidence(twins.answers()));
    trainers.settle(lesson(IntStream.range(0, fold.length).toArray()));
    for (int f = 0; f < FOLDS; f++) {
      crossFit(f);
      task.progress().step("learning who is who", f + 1, FOLDS);
    }
  }

  /** What the deployed model says; the rest is still to be learned. */
  private CellRefit.Evidence evidence(Answers.Soft deployed) {
    double[] own = deployed.logProbabilities().clone();
    Rounding.clip(own);
    int classes = deployed.classes().size();
    return new CellRefit.Evidence(
        classes,
        attribute.size(),
        own,
        new double[own.length],
        new double[own.length * attribute.size()]);
  }

  private int[] rows(int held, boolean inside) {
    return IntStream.range(0, fold.length).filter(row -> (fold[row] == held) == inside).toArray();
  }

  private void crossFit(int held) {
    int[] out = rows(held, true);
    Patch patch = trainers.train(lesson(rows(held, false)));
    learn(evidence, patch, task.rows().inputs().select(out), out);
    ofTwins.ifPresent(
        twins -> {
          Twins all = task.twins().orElseThrow();
          int[] pairs = all.of(out);
          learn(twins, patch, all.inputs().select(pairs), pairs);
        });
  }

  private static void learn(CellRefit.Evidence into, Patch patch, Table asked, int[] places) {
    double[] logs = patch.logProbabilities(asked);
    int cells = into.count();
    for (int i = 0; i < places.length; i++) {
      for (int y = 0; y < into.classes(); y++) {
        double sum = 0;
        for (int c = y * into.values(); c < (y + 1) * into.values(); c++) {
          sum += Math.exp(logs[i * cells + c]);
          into.cells()[places[i] * cells + c] =
              Math.max(logs[i * cells + c], Math.log(CellCorrection.FLOOR));
        }
        into.second()[places[i] * into.classes() + y] =
            Math.log(Math.max(sum, CellCorrection.FLOOR));
      }
    }
  }

  /** Which cell a row is in. */
  private Lesson lesson(int[] rows) {
    int cells = evidence.count();
    int[] at = new int[fold.length];
    Arrays.fill(at, -1);
    for (int i = 0; i < rows.length; i++) {
      at[rows[i]] = i;
    }
    double[] labels = new double[rows.length * cells];
    double[] weights = new double[rows.length];
    for (int member = 0; member < members.rows().length; member++) {
      int row = members.rows()[member];
      if (at[row] >= 0) {
        int cell =
            task.rows().target().codes()[row] * evidence.values()
                + members.attribute().codes()[member];
        labels[at[row] * cells + cell] += members.weights()[member];
        weights[at[row]] += members.weights()[member];
      }
    }
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < cells; c++) {
        // A row that is in no group weighs nothing, but must have a distribution.
        labels[i * cells + c] = weights[i] > 0 ? labels[i * cells + c] / weights[i] : 1.0 / cells;
      }
    }
    return new Lesson("cell", task.rows().inputs().select(rows), labels, cells, weights);
  }

  /** The attribute's values, in the order of factors. */
  List<String> values() {
    return attribute.values();
  }

  /** Whether the attributes are read, and how well the inputs tell their values. */
  FactGroup recognised(List<String> attributes) {
    int values = evidence.values();
    double[] predicted = new double[fold.length * values];
    for (int row = 0; row < fold.length; row++) {
      for (int c = 0; c < evidence.count(); c++) {
        predicted[row * values + c % values] +=
            Math.exp(evidence.cells()[row * evidence.count() + c]);
      }
    }
    return Recognised.group(
        attributes, task.rows().inputs(), Recognised.balancedAccuracy(members, predicted));
  }

  /** Figures of decisions about the calibration rows. */
  GroupSummary summary(int[] decisions) {
    return OddsRows.summary(task.rows().target(), members, decisions);
  }

  List<String> warnings() {
    return crossed.withUnknown(members.unknown(), "the multipliers are set from the others");
  }

  private CellRefit refit(boolean withSecond, int[] rows) {
    boolean[] kept = new boolean[fold.length];
    for (int row : rows) {
      kept[row] = true;
    }
    return CellRefit.of(evidence, task.rows().target().codes(), members.among(kept), withSecond);
  }

  private static double[] chances(CellRefit.Evidence evidence, CellRefit refit, int[] rows) {
    int cells = evidence.count();
    double[] chances = new double[rows.length * cells];
    double[] p = new double[cells];
    for (int i = 0; i < rows.length; i++) {
      refit.probabilities(evidence, rows[i], p);
      System.arraycopy(p, 0, chances, i * cells, cells);
    }
    return chances;
  }

  private CellRules rules(CellRefit refit, int[] rows) {
    return new CellRules(
        evidence.classes(),
        evidence.values(),
        chances(evidence, refit, rows),
        Arrays.stream(rows).mapToDouble(row -> task.rows().weights()[row]).toArray());
  }

  /** What is fitted to the rows outside a fold, for all folds. */
  final class HeldOut {
    private final List<CellRules> rules = new ArrayList<>();
    private final List<double[]> chances = new ArrayList<>();
    private final List<double[]> chancesOfTwins = new ArrayList<>();

    HeldOut(boolean withSecond) {
      for (int f = 0; f < FOLDS; f++) {
        CellRefit refit = refit(withSecond, rows(f, false));
        rules.add(rules(refit, rows(f, false)));
        int[] held = rows(f, true);
        chances.add(chances(evidence, refit, held));
        ofTwins.ifPresent(
            twins ->
                chancesOfTwins.add(chances(twins, refit, task.twins().orElseThrow().of(held))));
      }
    }

    /** The best factors for an aim, fold by fold; what was asked before may tell them apart. */
    double[][] factors(CellRules.Aim aim) {
      return rules.stream().map(rule -> rule.best(aim).rule().factors()).toArray(double[][]::new);
    }

    /** Decisions about every row, by factors that were not set on it. */
    int[] decisions(double[][] factors) {
      int[] decisions = new int[fold.length];
      for (int f = 0; f < FOLDS; f++) {
        int[] held = rows(f, true);
        for (int i = 0; i < held.length; i++) {
          decisions[held[i]] =
              CellRules.decide(
                  factors[f], chances.get(f), i, evidence.classes(), evidence.values());
        }
      }
      return decisions;
    }

    /** What rows and their twins are given by the same factors, if there are twins. */
    Optional<PairChances> pairs(double[][] factors) {
      return task.twins()
          .map(
              twins -> {
                double[] ofRows = new double[fold.length];
                double[] ofPairs = new double[twins.size()];
                for (int f = 0; f < FOLDS; f++) {
                  int[] held = rows(f, true);
                  int[] pairs = twins.of(held);
                  for (int i = 0; i < held.length; i++) {
                    ofRows[held[i]] = chance(factors[f], chances.get(f), i, held[i]);
                  }
                  for (int i = 0; i < pairs.length; i++) {
                    ofPairs[pairs[i]] =
                        chance(factors[f], chancesOfTwins.get(f), i, twins.rows()[pairs[i]]);
                  }
                }
                return PairChances.of(twins, ofRows, ofPairs);
              });
    }

    /** The share of the true class's score in the sum of all. */
    private double chance(double[] factors, double[] of, int place, int row) {
      double[] scores = new double[evidence.classes()];
      Arrays.setAll(
          scores,
          y -> CellRules.score(factors, of, place, y, evidence.classes(), evidence.values()));
      return scores[task.rows().target().codes()[row]] / Arrays.stream(scores).sum();
    }
  }

  /**
   * Multipliers set on all rows.
   *
   * @param refit of the cells
   * @param rule with the factors
   * @param ties how many calibration rows the order of classes decides
   * @param correction that decides by them
   */
  record Fitted(CellRefit refit, CellRules.Rule rule, int ties, CellCorrection correction) {}

  Fitted fitted(boolean withSecond, CellRules.Aim aim) {
    int[] all = IntStream.range(0, fold.length).toArray();
    CellRefit refit = refit(withSecond, all);
    CellRules rules = rules(refit, all);
    CellRules.Rule rule = rules.best(aim).rule();
    Patch patch = ofAll.orElseGet(() -> trainers.train(lesson(all)));
    ofAll = Optional.of(patch);
    double largest = Arrays.stream(rule.factors()).max().orElseThrow();
    float[] factors = new float[rule.factors().length];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = (float) (rule.factors()[c] / largest);
    }
    return new Fitted(
        refit,
        rule,
        rules.ties(rule),
        new CellCorrection(evidence.classes(), patch, refit, factors));
  }
}

package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Attribute;
import org.evenhand.core.Members;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.RepairTask;

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
    double[] own = task.scores().logProbabilities().clone();
    Rounding.clip(own);
    int classes = seen.get(0).classes();
    int rows = fold.length;
    this.evidence =
        new CellRefit.Evidence(
            classes,
            attribute.size(),
            own,
            new double[rows * classes],
            new double[rows * classes * attribute.size()]);
    trainers.settle(lesson(IntStream.range(0, rows).toArray()));
    for (int f = 0; f < FOLDS; f++) {
      crossFit(f);
      task.progress().step("learning who is who", f + 1, FOLDS);
    }
  }

  private int[] rows(int held, boolean inside) {
    return IntStream.range(0, fold.length).filter(row -> (fold[row] == held) == inside).toArray();
  }

  private void crossFit(int held) {
    int[] out = rows(held, true);
    Table asked = task.rows().inputs().select(out);
    double[] logs = trainers.train(lesson(rows(held, false))).logProbabilities(asked);
    int cells = evidence.count();
    for (int i = 0; i < out.length; i++) {
      for (int y = 0; y < evidence.classes(); y++) {
        double sum = 0;
        for (int c = y * evidence.values(); c < (y + 1) * evidence.values(); c++) {
          sum += Math.exp(logs[i * cells + c]);
          evidence.cells()[out[i] * cells + c] =
              Math.max(logs[i * cells + c], Math.log(CellCorrection.FLOOR));
        }
        evidence.second()[out[i] * evidence.classes() + y] =
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

  private double[] chances(CellRefit refit, int[] rows) {
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
        chances(refit, rows),
        Arrays.stream(rows).mapToDouble(row -> task.rows().weights()[row]).toArray());
  }

  /** What is fitted to the rows outside a fold, for all folds. */
  final class HeldOut {
    private final List<CellRules> rules = new ArrayList<>();
    private final List<double[]> chances = new ArrayList<>();

    HeldOut(boolean withSecond) {
      for (int f = 0; f < FOLDS; f++) {
        CellRefit refit = refit(withSecond, rows(f, false));
        rules.add(rules(refit, rows(f, false)));
        chances.add(chances(refit, rows(f, true)));
      }
    }

    /** Decisions about every row, by multipliers that were not set on it. */
    int[] decisions(CellRules.Aim aim) {
      int[] decisions = new int[fold.length];
      for (int f = 0; f < FOLDS; f++) {
        double[] factors = rules.get(f).best(aim).rule().factors();
        int[] held = rows(f, true);
        for (int i = 0; i < held.length; i++) {
          decisions[held[i]] =
              CellRules.decide(factors, chances.get(f), i, evidence.classes(), evidence.values());
        }
      }
      return decisions;
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

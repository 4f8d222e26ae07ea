package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Members;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Folds;
import org.evenhand.repair.Method;
import org.evenhand.repair.OutOfFold;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;
import org.evenhand.repair.Value.Unit;

/**
 * Modification with bias scores (Chen, Klochkov and Liu 2024) for equalized odds between two
 * classes and two values, without the attribute. A decision is turned where z₀·s₀ + z₁·s₁ > 1, with
 * the scores s_y = (2ŷ − 1)·[p(b₀,y|x)/p(b₀,y) − p(b₁,y|x)/p(b₁,y)] / |2p(1|x) − 1|. The line z is
 * the most accurate one among those under which neither class is recognised more differently than a
 * bound allows.
 *
 * <p>The authors learn p(b,y|x) anew and decide by it; here p(1|x) is the deployed model's, and
 * p(b,y|x) a patch's. They try lines through pairs of rows; here, every line of 180 directions.
 */
public final class BiasScores implements Searchable {
  private static final Method METHOD =
      new Method(
          "bias-scores",
          "modification with bias scores",
          "Chen, Klochkov and Liu 2024",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.SCORES, Method.Need.INPUTS));

  private static final int FOLDS = 5;
  private static final double[] BOUNDS = {0.01, 0.02, 0.05, 0.1, 0.15};

  private final PatchTrainer trainer;
  private final double bound;

  /**
   * The method.
   *
   * @param trainer of p(b,y|x)
   * @param bound by how much a class may be recognised differently, 0 to 1; a search tries its own
   * @throws BaselinesException if the bound is outside
   */
  public BiasScores(PatchTrainer trainer, double bound) {
    if (!(bound >= 0 && bound <= 1)) {
      throw new BaselinesException(
          "The bound on differences is %s; it must lie between 0 and 1.".formatted(bound));
    }
    this.trainer = trainer;
    this.bound = bound;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    Rows rows = new Rows(task, trainer);
    int[][] decisions = new int[BOUNDS.length][task.rows().rows()];
    List<OutOfFold> answered =
        Arrays.stream(BOUNDS).mapToObj(each -> new OutOfFold(task, task.decisionRule())).toList();
    for (int f = 0; f < rows.folds.count(); f++) {
      List<BiasScoreLine> lines = rows.lines(rows.folds.outside(f), BOUNDS);
      int[] held = rows.folds.in(f);
      for (int i = 0; i < BOUNDS.length; i++) {
        for (int row : held) {
          decisions[i][row] = rows.decide(lines.get(i), row);
        }
        if (task.twins().isPresent()) {
          answered.get(i).note(held, rows.correction(rows.patches.get(f), lines.get(i))::apply);
        }
      }
    }
    return IntStream.range(0, BOUNDS.length)
        .mapToObj(
            i ->
                new Candidate(
                    METHOD,
                    text(BOUNDS[i]),
                    decisions[i],
                    answered.get(i).pairs(),
                    () -> rows.proposal(BOUNDS[i])))
        .toList();
  }

  @Override
  public Proposal propose(RepairTask task) {
    return new Rows(task, trainer).proposal(bound);
  }

  private static String text(double bound) {
    return String.format(Locale.ROOT, "classes within %.0f points", 100 * bound);
  }

  /** The rows of a task, with p(b,y|x) of each from a patch that was trained without it. */
  private static final class Rows {
    private final RepairTask task;
    private final PatchTrainer trainer;
    private final Members members;
    private final Folds folds;
    private final double cut;
    private final double[] margins;
    private final double[] chances;
    private final List<Patch> patches = new ArrayList<>();

    Rows(RepairTask task, PatchTrainer trainer) {
      this.task = task;
      requireTwo(task);
      this.members =
          Members.of(task.rows().attribute(task.attributes().get(0)), task.rows().weights());
      this.folds =
          Folds.stratified(
              List.of(
                  task.rows().target().codes(),
                  task.rows().attribute(task.attributes().get(0)).codes()),
              FOLDS,
              task.seed());
      this.trainer = settled(trainer);
      DecisionRule rule = task.decisionRule().onScores(task.scores());
      double threshold = rule.threshold().orElse(0.5);
      this.cut = Math.log(threshold) - Math.log1p(-threshold);
      double[] logs = task.scores().logProbabilities();
      this.margins = new double[logs.length / 2];
      Arrays.setAll(margins, row -> Math.tanh((logs[2 * row + 1] - logs[2 * row] - cut) / 2));
      this.chances = new double[4 * margins.length];
      for (int f = 0; f < folds.count(); f++) {
        int[] held = folds.in(f);
        patches.add(train(folds.outside(f)));
        double[] learned = patches.get(f).logProbabilities(task.rows().inputs().select(held));
        for (int i = 0; i < learned.length; i++) {
          chances[4 * held[i / 4] + i % 4] = Math.exp(learned[i]);
        }
        task.progress().step("learning who is who", f + 1, folds.count());
      }
    }

    private static void requireTwo(RepairTask task) {
      int classes = task.scores().classes().size();
      if (classes != 2 || task.attributes().size() != 1) {
        throw new BaselinesException(
            "Bias scores are for two classes and one attribute, but there are %d and %d; take a method for several, such as equal-odds."
                .formatted(classes, task.attributes().size()));
      }
      int values = task.rows().attribute(task.attributes().get(0)).size();
      if (values != 2) {
        throw new BaselinesException(
            "Bias scores are for two values, but '%s' has %d; take a method for several, such as equal-odds."
                .formatted(task.attributes().get(0), values));
      }
    }

    private int cell(int member) {
      return 2 * task.rows().target().codes()[members.rows()[member]]
          + members.attribute().codes()[member];
    }

    private int[] membersOf(int[] rows) {
      boolean[] kept = new boolean[margins.length];
      for (int row : rows) {
        kept[row] = true;
      }
      return IntStream.range(0, members.rows().length)
          .filter(member -> kept[members.rows()[member]])
          .toArray();
    }

    /** Which cell each of some members is in. */
    private double[] labels(int[] of) {
      double[] labels = new double[4 * of.length];
      for (int i = 0; i < of.length; i++) {
        labels[4 * i + cell(of[i])] = 1;
      }
      return labels;
    }

    private Table inputs(int[] of) {
      return task.rows().inputs().select(Arrays.stream(of).map(m -> members.rows()[m]).toArray());
    }

    private double[] weights(int[] of) {
      return Arrays.stream(of).mapToDouble(m -> members.weights()[m]).toArray();
    }

    private PatchTrainer settled(PatchTrainer unsettled) {
      int[] all = IntStream.range(0, members.rows().length).toArray();
      return unsettled.settled(inputs(all), labels(all), 4, weights(all), task.seed());
    }

    private Patch train(int[] rows) {
      int[] of = membersOf(rows);
      return trainer.train(inputs(of), labels(of), 4, weights(of), task.seed());
    }

    private double[] shares() {
      double[] shares = new double[4];
      for (int member = 0; member < members.rows().length; member++) {
        shares[cell(member)] += members.weights()[member] / members.known();
      }
      for (int c = 0; c < 4; c++) {
        if (shares[c] == 0) {
          throw new BaselinesException(
              "No calibration row is of class '%s' with '%s' = '%s'; add such rows."
                  .formatted(
                      task.rows().target().classes().names().get(c / 2),
                      task.attributes().get(0),
                      members.attribute().values().get(c % 2)));
        }
      }
      return shares;
    }

    List<BiasScoreLine> lines(int[] rows, double[] bounds) {
      int[] of = membersOf(rows);
      double[] ofMembers = new double[of.length];
      double[] learned = new double[4 * of.length];
      double[] weights = new double[of.length];
      int[] cells = new int[of.length];
      for (int i = 0; i < of.length; i++) {
        int row = members.rows()[of[i]];
        ofMembers[i] = margins[row];
        System.arraycopy(chances, 4 * row, learned, 4 * i, 4);
        weights[i] = members.weights()[of[i]];
        cells[i] = cell(of[i]);
      }
      return BiasScoreLine.best(ofMembers, learned, shares(), cells, weights, bounds);
    }

    int decide(BiasScoreLine line, int row) {
      return line.score(margins[row], chances, row) > 0 ? 1 : 0;
    }

    BiasScoreCorrection correction(Patch patch, BiasScoreLine line) {
      return new BiasScoreCorrection(patch, line.coefficients(), (float) cut);
    }

    Proposal proposal(double bound) {
      int[] all = IntStream.range(0, margins.length).toArray();
      BiasScoreLine line = lines(all, new double[] {bound}).get(0);
      List<String> warnings = new ArrayList<>();
      if (members.unknown() > 0) {
        warnings.add(
            "'%s' is unknown for %.0f calibration rows; the line is drawn by the others."
                .formatted(task.attributes().get(0), members.unknown()));
      }
      return new Proposal(
          METHOD,
          task.attributes(),
          new Proposal.Variant("rule", "bias-scores", text(bound), "bias-scores"),
          List.of(
              Fact.number("bound", "Classes recognised within", bound, Unit.POINTS),
              Fact.number("z0", "Weight of the first class's score", line.first(), Unit.PLAIN),
              Fact.number("z1", "Weight of the second class's score", line.second(), Unit.PLAIN)),
          "It was asked for; the line is the most accurate one within the bound on calibration rows.",
          Optional.empty(),
          correction(train(all), line),
          List.of(),
          List.of(),
          warnings,
          List.of(
              "The corrected probabilities decide between the classes and are no risks: calibrate them anew before anyone reads"
                  + " them as the chance of an outcome."),
          Optional.empty());
    }
  }
}

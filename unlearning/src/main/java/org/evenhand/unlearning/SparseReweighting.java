package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Head;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;

/**
 * Deep feature reweighting as published (Kirichenko, Izmailov and Wilson 2023): logistic regression
 * with an ℓ1 penalty on standardised features, fitted to subsets in which every group has as many
 * rows as the smallest, and averaged over {@value #DRAWS} draws of such subsets. The forms are the
 * authors' strengths C of the fit against the penalty.
 *
 * <p>The intercept is not penalised, which the authors' solver does. Among several classes each is
 * told from all others, as there, and the scores are the logits of the new head. Features are
 * standardised by the rows that are fitted to; a head without bias gets none.
 *
 * <pre>{@code
 * Repair dfr = new SparseReweighting();
 * Proposal proposal = dfr.propose(task.withHead(HeadTask.of(model, calibration)));
 * }</pre>
 */
public final class SparseReweighting implements Searchable {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "dfr-sparse",
          "deep feature reweighting as published, sparse",
          "Kirichenko, Izmailov and Wilson 2023",
          Method.Stage.HEAD,
          Set.of(Method.Need.WEIGHTS));

  private static final int DRAWS = 20;

  /** From the strongest penalty on, so that each fit begins at the last one. */
  private static final double[] STRENGTHS = {0.01, 0.03, 0.07, 0.1, 0.3, 0.7, 1};

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    return forms(task).candidates();
  }

  /** {@inheritDoc} The strength is the one of the highest worst group accuracy, as published. */
  @Override
  public Proposal propose(RepairTask task) {
    return forms(task).propose("worst group accuracy", GroupSummary::worst);
  }

  private static HeadForms forms(RepairTask task) {
    return new HeadForms(
        METHOD, task, (inside, rows, values, twins) -> steps(inside, rows, values, task.seed()));
  }

  private static List<Step> steps(HeadTask inside, HeadRows rows, int[] values, long seed) {
    Head head = inside.model().head();
    HeadShape shape = HeadShape.of(head);
    StandardFeatures standard = StandardFeatures.of(rows, head.biased());
    HeadRows scaled = standard.of(rows);
    double[][] sums = new double[STRENGTHS.length][shape.parameters()];
    for (int draw = 0; draw < DRAWS; draw++) {
      HeadRows subset = scaled.select(balanced(rows.targets(), values, new Random(seed + draw)));
      for (int output = 0; output < (shape.classes() == 2 ? 1 : shape.classes()); output++) {
        int positive = shape.classes() == 2 ? 1 : output;
        SparseLogistic problem = new SparseLogistic(subset, positive, head.biased());
        double[] at = new double[shape.width()];
        for (int c = 0; c < STRENGTHS.length; c++) {
          at = problem.minimum(1 / STRENGTHS[c], at);
          add(shape, standard.undone(at), positive, sums[c]);
        }
      }
    }
    List<Step> steps = new ArrayList<>();
    for (int c = 0; c < STRENGTHS.length; c++) {
      double[] mean = Arrays.stream(sums[c]).map(sum -> sum / DRAWS).toArray();
      steps.add(
          new Step(
              "strength %s, mean of %d subsets".formatted(STRENGTHS[c], DRAWS),
              mean,
              0,
              // The mean of several minima is none of one objective.
              parameters -> new double[parameters.length]));
    }
    return steps;
  }

  /**
   * Adds the log-odds of a class to the logits; of two classes half goes to either, if both are.
   */
  private static void add(HeadShape shape, double[] logOdds, int positive, double[] parameters) {
    boolean halved = shape.classes() == 2 && shape.outputs() == 2;
    for (int j = 0; j < logOdds.length; j++) {
      if (halved) {
        parameters[j] -= logOdds[j] / 2;
        parameters[shape.width() + j] += logOdds[j] / 2;
      } else {
        parameters[(positive - shape.fixed()) * shape.width() + j] += logOdds[j];
      }
    }
  }

  /** Of every group of a class and a value as many rows as the smallest has, drawn at random. */
  static int[] balanced(int[] targets, int[] values, Random random) {
    int most = Arrays.stream(values).max().orElse(0) + 1;
    int classes = Arrays.stream(targets).max().orElse(0) + 1;
    List<List<Integer>> groups = new ArrayList<>();
    for (int group = 0; group < classes * most; group++) {
      groups.add(new ArrayList<>());
    }
    for (int row = 0; row < targets.length; row++) {
      groups.get(targets[row] * most + values[row]).add(row);
    }
    groups.removeIf(List::isEmpty);
    int fewest = groups.stream().mapToInt(List::size).min().orElse(0);
    groups.forEach(group -> Collections.shuffle(group, random));
    return groups.stream()
        .flatMap(group -> group.subList(0, fewest).stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }
}

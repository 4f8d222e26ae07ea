package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.evenhand.core.Head;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;

/**
 * Deep feature reweighting (Kirichenko, Izmailov and Wilson 2023): the last layer is fitted anew to
 * calibration rows in which every group counts alike. Rows are weighted, where the authors draw
 * balanced subsets and average; the penalty is ℓ2 ({@link SparseReweighting} has theirs). Two
 * further kinds of form keep more of the deployed model: classes keep their shares, and the weights
 * are pulled to the deployed ones instead of to zero.
 *
 * <pre>{@code
 * Repair dfr = new FeatureReweighting();
 * Proposal proposal = dfr.propose(task.withHead(HeadTask.of(model, calibration)));
 * }</pre>
 */
public final class FeatureReweighting implements Searchable {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "dfr",
          "deep feature reweighting",
          "Kirichenko, Izmailov and Wilson 2023",
          Method.Stage.HEAD,
          Set.of(Method.Need.WEIGHTS));

  private static final double[] RIDGES = {1e-4, 1e-3, 1e-2, 1e-1, 1};

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public List<Candidate> candidates(RepairTask task) {
    return forms(task).candidates();
  }

  @Override
  public Proposal propose(RepairTask task) {
    return forms(task).propose();
  }

  private static HeadForms forms(RepairTask task) {
    return new HeadForms(
        METHOD, task, (inside, rows, values, pairs) -> steps(inside, rows, values));
  }

  private static List<Step> steps(HeadTask inside, HeadRows rows, int[] values) {
    Head head = inside.model().head();
    HeadShape shape = HeadShape.of(head);
    double[] zero = new double[shape.parameters()];
    double[] deployed = shape.parameters(head);
    List<Step> steps = new ArrayList<>();
    for (boolean keepsClasses : new boolean[] {false, true}) {
      HeadRows balanced =
          keepsClasses
              ? GroupBalance.of(rows, values, shape.classes())
              : alike(rows, values, shape.classes());
      for (boolean pulled : new boolean[] {false, true}) {
        double[] at = pulled ? deployed : zero;
        for (double ridge : RIDGES) {
          HeadObjective objective =
              HeadObjective.ridged(
                  shape,
                  balanced,
                  ridge * HeadRows.meanSquare(rows) * balanced.weight(),
                  pulled ? deployed : zero);
          at = objective.minimum(at);
          String settings =
              "%s, %s, ridge %s"
                  .formatted(
                      keepsClasses ? "classes keep their shares" : "groups alike",
                      pulled ? "near the deployed head" : "fitted anew",
                      ridge);
          steps.add(new Step(settings, at, ridge, objective::gradient));
        }
      }
    }
    return steps;
  }

  /** Weights under which every group of a class and a value counts the same; in sum as before. */
  static HeadRows alike(HeadRows rows, int[] values, int classes) {
    int most = Arrays.stream(values).max().orElse(0) + 1;
    double[] groups = new double[classes * most];
    for (int row = 0; row < rows.rows(); row++) {
      groups[rows.targets()[row] * most + values[row]] += rows.weights()[row];
    }
    long present = Arrays.stream(groups).filter(weight -> weight > 0).count();
    double[] weights = new double[rows.rows()];
    for (int row = 0; row < weights.length; row++) {
      double group = groups[rows.targets()[row] * most + values[row]];
      weights[row] = group > 0 ? rows.weights()[row] * rows.weight() / (present * group) : 0;
    }
    return rows.weighted(weights);
  }
}

package org.evenhand.unlearning;

import java.util.List;
import java.util.Set;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;

/**
 * CARE (Sun, Sun, Pham and Shi 2022) on the features that the last layer reads: those that cause
 * most bias are found by intervention, and each is multiplied by a factor that a swarm of particles
 * looks for.
 *
 * <p>The authors count individual discrimination, which takes rows under another value of the
 * attribute; images have no such twins, so bias is Model Bias on the calibration rows here. A
 * feature's share in it is the mean of Model Bias over 16 levels v between the feature's smallest
 * and largest value, each under the intervention that the feature is v in every row. The factors 1
 * + w of the three foremost features, w within ±1, make {@code 0.7 · Model Bias + 0.3 · (1 −
 * accuracy)} small. A factor on a feature is a factor on a column of the head, so that the change
 * is an edited head.
 *
 * <pre>{@code
 * Repair care = new CausalScaling();
 * Proposal proposal = care.propose(task.withHead(HeadTask.of(model, calibration)));
 * }</pre>
 */
public final class CausalScaling implements Searchable {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "care",
          "causality-based repair of the last layer",
          "Sun, Sun, Pham and Shi 2022; docs/baselines.md",
          Method.Stage.HEAD,
          Set.of(Method.Need.WEIGHTS));

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
    return forms(task).proposeOnly();
  }

  private static HeadForms forms(RepairTask task) {
    return new HeadForms(
        METHOD,
        task,
        (inside, rows, values, twins) ->
            List.of(
                new FeatureScaling(inside.model().head(), rows, values, task.decisionRule())
                    .step(task.seed())));
  }
}

package org.evenhand.baselines;

import java.util.Set;
import org.evenhand.core.PatchTrainer;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;

/**
 * Deep feature reweighting over several layers: a new last layer that reads what all layers of the
 * deployed network see, fitted to calibration rows in which every group (class, value) counts
 * alike. Kirichenko, Izmailov and Wilson (2023) refit the last layer on what it reads; earlier
 * layers hold what the last one gave up.
 *
 * <pre>{@code
 * Repair repair =
 *     new LayerReweighting(new FeaturePatchTrainer(NetworkFeatures.of(model), perceptron));
 * }</pre>
 */
public final class LayerReweighting implements Repair {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "dfr-layers",
          "deep feature reweighting over several layers",
          "docs/baselines.md; Kirichenko, Izmailov and Wilson 2023 for one layer",
          Method.Stage.ANSWERS,
          Set.of(Method.Need.WEIGHTS, Method.Need.SCORES, Method.Need.INPUTS));

  private final PatchTrainer layers;

  /**
   * The method.
   *
   * @param layers trains patches over the deployed network's activations
   */
  public LayerReweighting(PatchTrainer layers) {
    this.layers = layers;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  /**
   * {@inheritDoc}
   *
   * @throws BaselinesException if more than one attribute is named
   */
  @Override
  public Proposal propose(RepairTask task) {
    return NoModel.propose(
        METHOD,
        layers,
        "The deployed network's last layer is not asked any more: its probabilities are those of the new one.",
        task);
  }
}

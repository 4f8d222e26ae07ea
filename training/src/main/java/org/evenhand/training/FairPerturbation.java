package org.evenhand.training;

import java.util.Set;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;

/**
 * Fairness-aware adversarial perturbation (Wang, Dong, Xue, Zhang, Chiu, Wei and Ren 2022): a
 * generator changes every image by at most a twentieth of its range, so that an adversary can no
 * longer read the attribute from the features of the deployed network, which still answers right.
 * The network itself is only read; the generator's gradient flows through it.
 *
 * <p>The generator makes {@code 0.7·CE(target) − 0.4·CE(adversary) − 0.1·H(adversary)} small, the
 * adversary its own cross-entropy. The change is a new model: the generator, then the deployed
 * network.
 *
 * <pre>{@code
 * ImageNetwork network = ImageNetworkReader.read(deployed);
 * Repair repair = new FairPerturbation(network, FairPerturbation.SETTINGS);
 * }</pre>
 */
public final class FairPerturbation implements Repair {
  /** What the method is. */
  public static final Method METHOD =
      new Method(
          "adversarial-perturbation",
          "fairness-aware adversarial perturbation",
          "Wang, Dong, Xue, Zhang, Chiu, Wei and Ren 2022; docs/baselines.md",
          Method.Stage.MODEL,
          Set.of(Method.Need.WEIGHTS, Method.Need.INPUTS));

  /**
   * 50 epochs of batches of 64, step sizes 0.0005 for the generator and a fifth of it for the
   * adversary, a fifth of the rows held out.
   */
  public static final PerturbationSettings SETTINGS =
      new PerturbationSettings(50, 64, 5e-4, 1e-4, 0.2, Device.CPU, 1);

  private final ImageNetwork network;
  private final PerturbationSettings settings;

  /**
   * The method for a deployed network.
   *
   * @param network up to its logits, one a class
   * @param settings of the training
   */
  public FairPerturbation(ImageNetwork network, PerturbationSettings settings) {
    this.network = network;
    this.settings = settings;
  }

  @Override
  public Method method() {
    return METHOD;
  }

  /**
   * {@inheritDoc}
   *
   * @throws TrainingException if there are several attributes, the network does not answer for the
   *     task's classes or does not end in a dense layer, or the rows hold no images whose sides are
   *     multiples of 4
   */
  @Override
  public Proposal propose(RepairTask task) {
    return new Perturbation(METHOD, network, settings)
        .propose(task, "a generator", scene -> new GeneratorContest(scene, features()));
  }

  private int features() {
    ImageLayer last = network.layers().get(network.layers().size() - 1);
    return last instanceof ImageLayer.Dense dense ? dense.layer().inputs() : 0;
  }
}

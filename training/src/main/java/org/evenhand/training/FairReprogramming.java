package org.evenhand.training;

import java.util.List;
import java.util.Set;
import org.evenhand.core.ImageNetwork;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;

/**
 * Fairness reprogramming (Zhang, Zhang, Zhang, Fan, Li, Liu and Chang 2022): one trigger, the same
 * for everybody, is pasted over a part of every image, so that an adversary who sees the network's
 * answers and the true class can no longer tell the attribute. The network itself is only read.
 *
 * <p>The trigger moves down the network's loss, without its part along the slope of the
 * adversary's, and up the adversary's with weight 1. The change is a new model: the trigger, then
 * the deployed network.
 *
 * <pre>{@code
 * ImageNetwork network = ImageNetworkReader.read(deployed);
 * Repair repair =
 *     new FairReprogramming(
 *         network, FairReprogramming.Trigger.BORDER, FairReprogramming.SETTINGS);
 * }</pre>
 */
public final class FairReprogramming implements Repair {
  /** Where the trigger is. */
  public enum Trigger {
    /** A frame of a width of 20 in 224 pixels of the shorter side. */
    BORDER("border", "a frame"),
    /** A square of 90 in 224 pixels of the shorter side, in the upper left corner. */
    PATCH("patch", "a square in a corner");

    private static final double WHOLE = 224;

    private final String code;
    private final String title;

    Trigger(String code, String title) {
      this.code = code;
      this.title = title;
    }

    /** 1 where an image stays as it is, 0 where the trigger is. */
    float[] kept(List<Integer> shape) {
      int height = shape.get(1);
      int width = shape.get(2);
      double scale = Math.min(height, width) / WHOLE;
      long side = Math.max(1, Math.round(scale * (this == BORDER ? 20 : 90)));
      float[] kept = new float[shape.get(0) * height * width];
      for (int i = 0; i < kept.length; i++) {
        int x = i % width;
        int y = i / width % height;
        boolean framed = Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y)) < side;
        boolean covered = this == BORDER ? framed : x < side && y < side;
        kept[i] = covered ? 0 : 1;
      }
      return kept;
    }
  }

  /**
   * 20 epochs of batches of 64, step sizes 0.01 for trigger and adversary, a fifth of the rows held
   * out. The authors' trigger moves by 0.0001, but over forty times as many images.
   */
  public static final PerturbationSettings SETTINGS =
      new PerturbationSettings(20, 64, 0.01, 0.01, 0.2, Device.CPU, 1);

  private static final double LAMBDA = 1;

  private final ImageNetwork network;
  private final Trigger trigger;
  private final PerturbationSettings settings;

  /**
   * The method for a deployed network.
   *
   * @param network up to its logits, one a class
   * @param trigger where it is
   * @param settings of the training
   */
  public FairReprogramming(ImageNetwork network, Trigger trigger, PerturbationSettings settings) {
    this.network = network;
    this.trigger = trigger;
    this.settings = settings;
  }

  @Override
  public Method method() {
    return new Method(
        "reprogram-" + trigger.code,
        "fairness reprogramming by " + trigger.title,
        "Zhang, Zhang, Zhang, Fan, Li, Liu and Chang 2022; docs/baselines.md",
        Method.Stage.MODEL,
        Set.of(Method.Need.WEIGHTS, Method.Need.INPUTS));
  }

  /**
   * {@inheritDoc}
   *
   * @throws TrainingException if there are several attributes, the network does not answer for the
   *     task's classes or does not end in a dense layer, or the rows hold no images
   */
  @Override
  public Proposal propose(RepairTask task) {
    return new Perturbation(method(), network, settings)
        .propose(
            task,
            trigger.title,
            scene -> new TriggerContest(scene, trigger.kept(scene.shape()), LAMBDA));
  }
}

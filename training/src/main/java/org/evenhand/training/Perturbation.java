package org.evenhand.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.Attribute;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NewModel;
import org.evenhand.onnx.ImagePatch;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value.Unit;

/**
 * What the two repairs have in common that change images before a deployed network reads them: the
 * training, and a new model of the change and the network.
 *
 * @param method which of them
 * @param network the deployed model's, up to its logits
 * @param settings of the training
 */
record Perturbation(Method method, ImageNetwork network, PerturbationSettings settings) {
  private static final String NOT_THE_SAME_IMAGE =
      "The model does not see the pictures that it is given, but changed ones: before it decides anything, validate it as"
          + " you would a new one.";

  /**
   * Trains a perturbation on the rows of a task.
   *
   * @param form what the perturbation is, in a few words
   * @param setup of the contest
   * @throws TrainingException if there are several attributes, or the network does not answer for
   *     the task's classes
   */
  Proposal propose(RepairTask task, String form, Contest.Setup setup) {
    requireFits(task);
    LabelledSet rows = task.rows();
    Attribute attribute = rows.attribute(task.attributes().get(0));
    double[] weights = rows.weights().clone();
    int unknown = 0;
    for (int row = 0; row < weights.length; row++) {
      if (attribute.codes()[row] == Attribute.UNKNOWN) {
        unknown += weights[row] > 0 ? 1 : 0;
        weights[row] = 0;
      }
    }
    LabelledSet known = new LabelledSet(rows.inputs(), rows.target(), rows.attributes(), weights);
    double[] worst = new double[1];
    ImageNetwork changed = Engine.scoped(() -> changed(task, known, attribute, setup, worst));
    return new Proposal(
        method,
        task.attributes(),
        new Proposal.Variant("perturbation", method.code(), form, "perturbed"),
        List.of(Fact.number("epochs", "Epochs", settings.epochs(), Unit.COUNT)),
        "It was asked for; of all epochs the one with the highest worst group accuracy on rows held out is kept.",
        Optional.empty(),
        new NewModel(task.answers().classes(), new ImagePatch(changed, settings.threads())),
        List.of(),
        List.of(
            Fact.number(
                "worst_group_held_out",
                "Worst group accuracy on the rows held out",
                worst[0],
                Unit.PERCENT)),
        unknown == 0
            ? List.of()
            : List.of(
                "'%s' is unknown for %d calibration rows; the perturbation is trained on the others."
                    .formatted(attribute.name(), unknown)),
        List.of(NOT_THE_SAME_IMAGE),
        Optional.empty());
  }

  private void requireFits(RepairTask task) {
    if (task.attributes().size() != 1) {
      throw new TrainingException(
          "A perturbation is trained against an adversary who reads one attribute, but %d are named; cross them as one."
              .formatted(task.attributes().size()));
    }
    int classes = task.answers().classes().size();
    if (network.outputs() != classes) {
      throw new TrainingException(
          "The network has %d outputs for %d classes; a perturbation needs one output a class."
              .formatted(network.outputs(), classes));
    }
  }

  private ImageNetwork changed(
      RepairTask task, LabelledSet rows, Attribute attribute, Contest.Setup setup, double[] worst) {
    Engine engine = Engine.start(settings.device());
    Images images = Images.of(rows.inputs());
    boolean channelsLast = network.layers().get(0) instanceof ImageLayer.ChannelsFirst;
    List<ImageLayer> lead = network.layers().subList(0, channelsLast ? 1 : 0);
    List<ImageLayer> rest = network.layers().subList(lead.size(), network.layers().size());
    List<Integer> shape = ImageLayer.through(lead, network.shape());
    Examples target =
        Examples.certain(rows.target().codes(), rows.target().classes().size(), rows.weights());
    Examples values = Examples.certain(attribute.codes(), attribute.size(), rows.weights());
    Division division = Division.of(target.present(), settings.heldOut(), task.seed());
    float[] range = range(images, target.present());
    Contest contest =
        setup.of(
            new Contest.Scene(
                engine,
                FrozenNetwork.of(engine, new ImageNetwork(network.column(), shape, rest)),
                shape,
                range[0],
                range[1],
                target,
                values,
                task.seed()));
    UnaryOperator<Tensor> first =
        channelsLast ? FixedLayer.channelsFirst().operation() : UnaryOperator.identity();
    int steps = Division.batches(division.trained(), settings.batchSize()).size();
    worst[0] =
        new ContestRun(
                contest,
                settings,
                images,
                first,
                division,
                new ContestRun.Groups(
                    rows.target().codes(),
                    rows.target().classes().size(),
                    attribute.codes(),
                    attribute.size()),
                task.seed(),
                new Watch("training a perturbation", settings.epochs(), steps, task.progress()))
            .train();
    List<ImageLayer> layers = new ArrayList<>(lead);
    layers.addAll(contest.freeze());
    layers.addAll(rest);
    return new ImageNetwork(network.column(), network.shape(), layers);
  }

  /** The least and the greatest number of all images. */
  private static float[] range(Images images, int[] rows) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int row : rows) {
      for (float value : images.read(new int[] {row})) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return new float[] {low, high};
  }
}

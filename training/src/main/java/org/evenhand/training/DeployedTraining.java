package org.evenhand.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Attribute;
import org.evenhand.core.Head;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;

/**
 * Trains the models that are then treated as if somebody else had deployed them ({@link
 * ModelKind}).
 *
 * <pre>{@code
 * ImageNetwork faces =
 *     DeployedTraining.train(
 *         set, "Male", ModelKind.of("vanilla"), Head.Link.SOFTMAX, settings, 1, Progress.NONE);
 * }</pre>
 */
public final class DeployedTraining {
  private DeployedTraining() {}

  /**
   * Trains a model for the set's target.
   *
   * @param set with one column of images; rows of weight 0 are as if they were not there
   * @param attribute the one that the kind is about; ignored by kinds that read none, such as
   *     {@link ModelKind.Vanilla}
   * @param kind how it is trained
   * @param end {@link Head.Link#SOFTMAX} for K outputs, {@link Head.Link#SIGMOID} for one, the
   *     logit of the second of two classes
   * @param settings shape and training
   * @param seed of every random draw
   * @param progress told of every step, with the images a second
   * @return the network up to its logits
   * @throws TrainingException if the end does not fit the classes, a row's attribute is not known
   *     but needed, or as {@link ImagePatchTrainer#train} says
   */
  public static ImageNetwork train(
      LabelledSet set,
      String attribute,
      ModelKind kind,
      Head.Link end,
      TrainingSettings settings,
      long seed,
      Progress progress) {
    int classes = set.target().classes().size();
    if (end == Head.Link.SIGMOID && classes != 2) {
      throw new TrainingException(
          "A sigmoid end tells two classes apart, but the target '%s' has %d; use a softmax end."
              .formatted(set.target().name(), classes));
    }
    Examples target = Examples.certain(set.target().codes(), classes, set.weights());
    int outputs = end == Head.Link.SIGMOID ? 1 : classes;
    return Training.run(
        set.inputs(),
        target,
        settings,
        seed,
        progress,
        training -> layers(training, set, attribute, kind, outputs));
  }

  private static List<ImageLayer> layers(
      Training training, LabelledSet set, String name, ModelKind kind, int outputs) {
    String identity = "%s %d".formatted(kind, outputs);
    Optional<WholeNetwork> blind = blind(training, set.target().codes(), kind, outputs);
    if (blind.isPresent()) {
      return trained(training, blind.get(), kind, identity);
    }
    Attribute attribute = set.attribute(name);
    requireKnown(attribute, set.weights(), kind);
    if (kind instanceof ModelKind.Contrastive contrastive) {
      Contrast objective =
          Contrast.of(training, contrastive, set.target().codes(), attribute.codes());
      training.train(objective, "training features by contrast", identity + digest(attribute));
      FrozenFeatures end =
          FrozenFeatures.of(training, objective.features(), objective.weights(), outputs);
      training.train(end, "training the last layer", identity + " end" + digest(attribute));
      return end.freeze();
    }
    TwoTasks objective =
        kind instanceof ModelKind.Adversarial adversarial
            ? TwoTasks.against(training, adversarial, balanced(attribute, set.weights()), outputs)
            : TwoTasks.both(
                training,
                (ModelKind.Unfair) kind,
                Examples.certain(attribute.codes(), attribute.size(), set.weights()),
                outputs);
    return trained(training, objective, kind, identity + digest(attribute));
  }

  /** What kinds train for that read no attribute. */
  private static Optional<WholeNetwork> blind(
      Training training, int[] classes, ModelKind kind, int outputs) {
    if (kind instanceof ModelKind.Vanilla) {
      return Optional.of(Classification.of(training, outputs));
    }
    if (kind instanceof ModelKind.FromFailure failure) {
      return Optional.of(LearningFromFailure.of(training, failure, classes, outputs));
    }
    if (kind instanceof ModelKind.Disentangled disentangled) {
      return Optional.of(FeatureSwap.of(training, disentangled, classes, outputs));
    }
    if (kind instanceof ModelKind.Independent independent) {
      return Optional.of(Independence.of(training, independent, outputs));
    }
    return Optional.empty();
  }

  private static List<ImageLayer> trained(
      Training training, WholeNetwork objective, ModelKind kind, String identity) {
    training.train(objective, "training a model of kind " + kind.name(), identity);
    return objective.freeze();
  }

  private static String digest(Attribute attribute) {
    return " %s %08x".formatted(attribute.name(), Arrays.hashCode(attribute.codes()));
  }

  private static void requireKnown(Attribute attribute, double[] weights, ModelKind kind) {
    for (int row = 0; row < weights.length; row++) {
      if (weights[row] > 0 && attribute.codes()[row] == Attribute.UNKNOWN) {
        throw new TrainingException(
            "The attribute '%s' of row %d is not known, but a model of kind %s is trained with everybody's; leave such rows out."
                .formatted(attribute.name(), row + 1, kind.name()));
      }
    }
  }

  /** Every value of the attribute counts as much as every other. */
  private static Examples balanced(Attribute attribute, double[] weights) {
    double[] totals = new double[attribute.size()];
    int[] codes = attribute.codes();
    for (int row = 0; row < codes.length; row++) {
      if (weights[row] > 0) {
        totals[codes[row]] += weights[row];
      }
    }
    double[] balanced = new double[codes.length];
    for (int row = 0; row < codes.length; row++) {
      balanced[row] = weights[row] > 0 ? weights[row] / totals[codes[row]] : 0;
    }
    return Examples.certain(codes, attribute.size(), balanced);
  }
}

package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.training.Device;
import org.evenhand.training.ModelKind;

/**
 * What can be chosen about an experiment on images.
 *
 * @param requested the task of Table I
 * @param size of images and networks
 * @param kinds the kinds of deployed models, each as {@code KIND} or {@code KIND=SEEDS}; if empty,
 *     all
 * @param work where finished parts, trained models and checkpoints are kept
 * @param device what networks are trained on
 */
public record ImageChoices(
    Optional<String> requested, Size size, List<String> kinds, Path work, Device device) {
  private static final List<String> ALL_KINDS =
      List.of("vanilla", "adversarial", "contrastive", "unfair");

  /**
   * In these tasks knowing the target nearly tells the attribute, so that an adversary of weight 1
   * or more also drives the target out of the features: at 2 a model of Colored MNIST guesses.
   */
  private static final ModelKind ADVERSARIAL = new ModelKind.Adversarial(0.5, 300);

  /** How large images and networks are. */
  public enum Size {
    /** A deployed model and its patches in ten minutes on two cores. */
    SMALL,
    /** The paper's networks, ResNet-34 and ResNet-18. */
    FULL
  }

  /** Copies the kinds. */
  public ImageChoices {
    kinds = List.copyOf(kinds);
  }

  /** The task. */
  ImageTask task() {
    return ImageTask.named(
        requested.orElseThrow(
            () ->
                new ExperimentException(
                    "Name a task of Table I with --task: %s.".formatted(ImageTask.names()))));
  }

  /**
   * How many seeds every kind is trained with.
   *
   * @param usual for kinds that do not say
   */
  Map<ModelKind, Integer> seeds(int usual) {
    Map<ModelKind, Integer> seeds = new LinkedHashMap<>();
    if (kinds.isEmpty()) {
      ALL_KINDS.forEach(kind -> seeds.put(kind(kind), usual));
    }
    for (String kind : kinds) {
      String[] parts = kind.split("=", 2);
      seeds.put(kind(parts[0]), parts.length == 1 ? usual : seeds(kind, parts[1]));
    }
    return seeds;
  }

  private static ModelKind kind(String name) {
    ModelKind usual = ModelKind.of(name);
    return usual instanceof ModelKind.Adversarial ? ADVERSARIAL : usual;
  }

  private static int seeds(String kind, String number) {
    if (!number.matches("[1-9][0-9]{0,3}")) {
      throw new ExperimentException(
          "In --kinds, '%s' should say how many seeds after '=': vanilla=3, for example."
              .formatted(kind));
    }
    return Integer.parseInt(number);
  }
}

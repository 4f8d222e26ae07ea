package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** One task of Table I of Rule Eraser: which images, how they are divided, what is trained. */
interface ImageTask {
  /** The name on the command line. */
  String name();

  /** Target × attribute, and how the images were divided, in a few sentences. */
  String description();

  /** The networks and the size of the images at a scale. */
  ImageScale scale(ImageChoices.Size size);

  /** The file behind the images, whose content decides whether a finished part may be used. */
  Path source(Path data);

  /**
   * Divides the images.
   *
   * @param data the folder that {@code EVENHAND_DATA} names
   * @param scale the size of the images
   * @param seed of the division
   */
  ImageRows rows(Path data, ImageScale scale, long seed);

  /**
   * By how much Model Bias less its noise floor is to fall for a vanilla model at least, in 0…1: as
   * in the paper, where it falls by less than 70 % in one task only.
   */
  default double asked() {
    return 0.7;
  }

  /** All tasks. */
  static List<ImageTask> all() {
    return List.of(
        new ColoredMnistTask(),
        CelebaTask.BIG_NOSE,
        CelebaTask.BLOND,
        CelebaTask.ATTRACTIVE,
        new UtkFaceTask(),
        new WaterbirdsTask(),
        new ImageNetBTask(),
        new BackdoorTask());
  }

  /**
   * The task of that name; {@code colored-mnist=0.99} or {@code celeba-attractive=0.1} is a task at
   * another severity.
   *
   * @throws ExperimentException if there is none; the message lists the available ones
   */
  static ImageTask named(String name) {
    return all().stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .or(() -> ColoredMnistTask.named(name))
        .or(() -> SeverityTask.named(name))
        .orElseThrow(
            () ->
                new ExperimentException(
                    "There is no task '%s' of Table I; choose one of: %s."
                        .formatted(name, names())));
  }

  /** The names of all tasks, for messages. */
  static String names() {
    return all().stream().map(ImageTask::name).collect(Collectors.joining(", "));
  }
}

package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.training.Device;

/**
 * What can be chosen about an experiment on images.
 *
 * @param requested the task of Table I
 * @param size of images and networks
 * @param kinds the deployed models, each as {@code KIND} or {@code KIND=SEEDS}; if empty, all
 * @param work where finished parts, trained models and checkpoints are kept
 * @param device what networks are trained on
 */
public record ImageChoices(
    Optional<String> requested, Size size, List<String> kinds, Path work, Device device) {
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

  /**
   * Refuses a choice among tasks.
   *
   * @param experiment that has only one
   * @throws ExperimentException if a task is asked for
   */
  void requireNoTask(String experiment) {
    if (requested.isPresent()) {
      throw new ExperimentException(
          "'%s' has one task only; leave --task out.".formatted(experiment));
    }
  }

  /**
   * For experiments with tasks and kinds of their own.
   *
   * @param experiment its name
   * @throws ExperimentException if a task or a kind was chosen
   */
  void requireOnlySize(String experiment) {
    if (requested.isPresent() || !kinds.isEmpty()) {
      throw new ExperimentException(
          "'%s' has tasks and models of its own; leave --task and --kinds out."
              .formatted(experiment));
    }
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
   * How many seeds every deployed model is trained with.
   *
   * @param all that can be chosen from
   * @param usual for those that do not say
   * @throws ExperimentException if another one is asked for, or a number of seeds is none
   */
  Map<Deployed, Integer> seeds(List<Deployed> all, int usual) {
    Map<Deployed, Integer> seeds = new LinkedHashMap<>();
    if (kinds.isEmpty()) {
      all.forEach(each -> seeds.put(each, usual));
    }
    for (String kind : kinds) {
      String[] parts = kind.split("=", 2);
      seeds.put(titled(all, parts[0]), parts.length == 1 ? usual : seeds(kind, parts[1]));
    }
    return seeds;
  }

  private static Deployed titled(List<Deployed> all, String title) {
    return all.stream()
        .filter(each -> each.title().equalsIgnoreCase(title))
        .findFirst()
        .orElseThrow(
            () ->
                new ExperimentException(
                    "In --kinds, '%s' is none of the models of this experiment: %s."
                        .formatted(
                            title,
                            all.stream().map(Deployed::title).collect(Collectors.joining(", ")))));
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

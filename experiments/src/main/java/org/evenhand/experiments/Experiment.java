package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.core.Progress;
import org.evenhand.eraser.EraserSettings;

/** Something that can be reproduced by name. */
public interface Experiment {
  /** The name on the command line. */
  String name();

  /** What it shows, in one sentence. */
  String description();

  /** Whether it trains models of images, and so reads {@link Setting#images}. */
  default boolean ofImages() {
    return false;
  }

  /**
   * Runs it and writes its results.
   *
   * @param setting how often, on what, where to
   * @param progress told after every repetition
   * @return the files written
   * @throws ExperimentException if it needs data that are not there
   */
  List<Path> run(Setting setting, Progress progress);

  /**
   * What can be chosen about a run.
   *
   * @param data the folder that {@code EVENHAND_DATA} names
   * @param results the folder to write to
   * @param repetitions how many seeds, 1 to this number
   * @param threads changes no figure
   * @param command the command line, to be written into the results
   * @param images what only experiments {@linkplain #ofImages of images} read
   */
  record Setting(
      Path data, Path results, int repetitions, int threads, String command, ImageChoices images) {
    /**
     * @throws ExperimentException if there is no repetition
     */
    public Setting {
      if (repetitions < 1) {
        throw new ExperimentException(
            "The number of repetitions is %d; it must be at least 1.".formatted(repetitions));
      }
    }

    /** What a run is on, for a page of results. */
    String machine() {
      return "%s %s with Java %s, %d threads"
          .formatted(
              System.getProperty("os.name"),
              System.getProperty("os.arch"),
              System.getProperty("java.version"),
              threads);
    }

    /**
     * The eraser's default settings for one repetition.
     *
     * @param seed of every random draw
     */
    EraserSettings erasure(long seed) {
      return EraserSettings.DEFAULT.withSeed(seed).withThreads(threads);
    }
  }

  /** All experiments. */
  static List<Experiment> all() {
    return List.of(
        new TabularErasure(),
        new TabularRepair(),
        new TabularTables(),
        new TwoAttributeErasure(),
        new AdultUnlearning(),
        new ColoredMnistUnlearning(),
        new CelebaUnlearning(),
        new TableOne(),
        new TableThree(),
        new TableFour(),
        new TableFive(),
        new FigureEight(),
        new FigureNine(),
        new PatchStudies());
  }

  /**
   * The experiment of that name.
   *
   * @param name as on the command line
   * @throws ExperimentException if there is none; the message lists the available ones
   */
  static Experiment named(String name) {
    return all().stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ExperimentException(
                    "There is no experiment '%s'; choose one of: %s."
                        .formatted(
                            name,
                            all().stream()
                                .map(Experiment::name)
                                .collect(Collectors.joining(", ")))));
  }
}

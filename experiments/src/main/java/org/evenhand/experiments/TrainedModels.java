package org.evenhand.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Progress;
import org.evenhand.images.ImagePack;
import org.evenhand.onnx.ImageModelExporter;
import org.evenhand.training.DeployedTraining;
import org.evenhand.training.TrainingSettings;

/**
 * The deployed models of one division of a task: each is trained once and kept as an ONNX file,
 * whichever experiment asks for it first.
 *
 * @param setting where the data are, and how many threads
 * @param task which images, and how they are divided
 * @param scale of images and networks
 * @param store of what is finished
 * @param data the hash of the file behind the images
 * @param seed of the division and of every training
 * @param progress told of every step of a training
 */
record TrainedModels(
    Experiment.Setting setting,
    ImageTask task,
    ImageScale scale,
    PartStore store,
    String data,
    long seed,
    Progress progress) {
  /** Where a trained model says how long its training took. */
  private static final String SECONDS = "evenhand.training_seconds";

  /** Where it says how many numbers it has learnt. */
  private static final String PARAMETERS = "evenhand.trained_parameters";

  /** What an experiment does with the models of a division. */
  @FunctionalInterface
  interface Work<R> {
    /**
     * Does it, or finds it done.
     *
     * @param asked which of them
     */
    R run(TrainedModels models, List<Deployed> asked);
  }

  /**
   * Does the same with every division that is asked for.
   *
   * @param seeds how many divisions each model is trained on
   * @param report is written anew after each
   * @return the report's files
   */
  static <P extends ReportedPart> List<Path> inEveryDivision(
      Experiment.Setting setting,
      ImageTask task,
      ImageScale scale,
      Map<Deployed, Integer> seeds,
      PartReport<P> report,
      Progress progress,
      Work<List<P>> work) {
    return inEveryDivision(
        setting,
        task,
        scale,
        seeds,
        progress,
        (models, asked) -> {
          work.run(models, asked).forEach(report::add);
          return report.write();
        });
  }

  /**
   * Does the same with every division that is asked for.
   *
   * @param seeds how many divisions each model is trained on
   * @param work writes what there is so far, so that a long experiment keeps what it has
   * @return the files written last
   */
  static List<Path> inEveryDivision(
      Experiment.Setting setting,
      ImageTask task,
      ImageScale scale,
      Map<Deployed, Integer> seeds,
      Progress progress,
      Work<List<Path>> work) {
    PartStore store = new PartStore(setting.images().work());
    String data = ImagePack.artefact(task.source(setting.data())).sha256();
    int most = seeds.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    List<Path> written = List.of();
    for (int seed = 1; seed <= most; seed++) {
      int current = seed;
      List<Deployed> asked =
          seeds.entrySet().stream()
              .filter(model -> model.getValue() >= current)
              .map(Map.Entry::getKey)
              .toList();
      TrainedModels models = new TrainedModels(setting, task, scale, store, data, seed, progress);
      written = work.run(models, asked);
    }
    return written;
  }

  /** The images of the division. */
  ImageRows rows() {
    return task.rows(setting.data(), scale, seed);
  }

  /** The name of a model's file. */
  String name(Deployed asked) {
    String key =
        PartStore.key(
            task.description(),
            scale.side(),
            asked.recipe().settings(),
            asked.identity(),
            seed,
            data);
    return "deployed-%s-%s-%d-%s.onnx".formatted(task.name(), asked.kind().name(), seed, key);
  }

  /**
   * A model's file; the model is trained unless that has been done before.
   *
   * @param rows those of the division
   */
  Path file(Deployed asked, ImageRows rows) {
    Path model = store.file(name(asked));
    if (!Files.exists(model)) {
      train(asked, rows, model);
    }
    return model;
  }

  /** How long a model's training took, by the clock. */
  static double seconds(DeployedModel model) {
    return Double.parseDouble(model.metadata().getOrDefault(SECONDS, "NaN"));
  }

  /**
   * What it took to train a model.
   *
   * @param images that it was trained on
   */
  static Cost cost(DeployedModel model, int images) {
    String parameters = model.metadata().getOrDefault(PARAMETERS, "0");
    return new Cost(seconds(model), Integer.parseInt(parameters), images);
  }

  private void train(Deployed asked, ImageRows rows, Path model) {
    long start = System.nanoTime();
    ImageNetwork network =
        DeployedTraining.train(
            rows.train(),
            rows.groupedBy(),
            asked.kind(),
            asked.link(),
            here(asked.recipe()),
            seed,
            progress);
    String seconds = Double.toString((System.nanoTime() - start) / 1e9);
    ImageModelExporter.export(
        network,
        rows.train().target().classes(),
        asked.link(),
        Map.of(SECONDS, seconds, PARAMETERS, Integer.toString(NetworkSize.of(network.layers()))),
        model);
  }

  /** How a network is trained on this machine. */
  TrainingSettings here(ImageScale.Recipe recipe) {
    return recipe
        .settings()
        .withDevice(setting.images().device(), setting.threads())
        .withCheckpoints(store.folder());
  }
}

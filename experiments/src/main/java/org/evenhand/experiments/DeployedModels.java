package org.evenhand.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Progress;
import org.evenhand.onnx.ImageModelExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.training.DeployedTraining;
import org.evenhand.training.TrainingSettings;

/**
 * The deployed models of one division of a task, as ONNX files that are made once.
 *
 * @param setting how many threads, and on what
 * @param task which images
 * @param side of an image in pixels
 * @param store where the files lie
 * @param data the hash of the file behind the images
 * @param seed of the division and of every training
 * @param progress told of every step of a training
 */
record DeployedModels(
    Experiment.Setting setting,
    ImageTask task,
    int side,
    PartStore store,
    String data,
    long seed,
    Progress progress) {
  /** Where a trained model says how long its training took. */
  private static final String SECONDS = "evenhand.training_seconds";

  /** Where it says how many numbers it has learnt. */
  private static final String PARAMETERS = "evenhand.trained_parameters";

  /** The file of a model: another one if anything else decides it. */
  String name(Deployed asked) {
    String key =
        PartStore.key(
            task.description(), side, asked.recipe().settings(), asked.identity(), seed, data);
    return "deployed-%s-%s-%d-%s.onnx".formatted(task.name(), asked.kind().name(), seed, key);
  }

  /** The model's file, trained if it is not there. */
  Path of(Deployed asked, ImageRows rows) {
    Path model = store.file(name(asked));
    if (!Files.exists(model)) {
      train(asked, rows, model);
    }
    return model;
  }

  /** How long the training of such a model took, by the clock. */
  static double trainingSeconds(OnnxClassifier model) {
    return Double.parseDouble(model.metadata().getOrDefault(SECONDS, "NaN"));
  }

  /**
   * What it took to train such a model.
   *
   * @param images that it was trained on
   */
  static Cost cost(OnnxClassifier model, int images) {
    String parameters = model.metadata().getOrDefault(PARAMETERS, "0");
    return new Cost(trainingSeconds(model), Integer.parseInt(parameters), images);
  }

  private void train(Deployed asked, ImageRows rows, Path model) {
    long start = System.nanoTime();
    ImageNetwork network =
        DeployedTraining.train(
            rows.train(),
            rows.groupedBy(),
            asked.kind(),
            asked.link(),
            machine(asked.recipe().settings()),
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

  /** A recipe's settings on the machine that was chosen, with checkpoints beside the models. */
  TrainingSettings machine(TrainingSettings settings) {
    return settings
        .withDevice(setting.images().device(), setting.threads())
        .withCheckpoints(store.folder());
  }
}

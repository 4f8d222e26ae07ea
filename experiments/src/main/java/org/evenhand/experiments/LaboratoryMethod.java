package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.evenhand.baselines.CalibratedOdds;
import org.evenhand.baselines.EqualizedOdds;
import org.evenhand.baselines.Objective;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.eraser.ChosenTrainer;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Erasure;
import org.evenhand.eraser.Estimator;
import org.evenhand.onnx.ImageNetworkReader;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.repair.Repair;
import org.evenhand.training.Device;
import org.evenhand.training.FairPerturbation;
import org.evenhand.training.FairReprogramming;
import org.evenhand.training.FairReprogramming.Trigger;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.unlearning.CausalScaling;
import org.evenhand.unlearning.SparseReweighting;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.OwnFeatures;

/**
 * A method of Table IV.
 *
 * @param name as the paper calls it
 * @param repair makes it for a deployed model
 */
record LaboratoryMethod(String name, Function<Model, Repair> repair) {
  /** The paper's own method. */
  static final String ERASER = "Eraser";

  static final String EQUAL_ODDS = "Equalodds";

  /** The authors' 50 take two and a half times as long. */
  static final int GENERATOR_EPOCHS = 20;

  /** What a method is made for. */
  record Model(Path file, TrainedModels models) {}

  /** The methods, in the table's order. */
  static List<LaboratoryMethod> all() {
    return List.of(
        new LaboratoryMethod(EQUAL_ODDS, model -> new EqualizedOdds(Objective.AVERAGE_GROUP)),
        new LaboratoryMethod("CalEqualodds", model -> new CalibratedOdds(CalibratedOdds.Cost.BOTH)),
        new LaboratoryMethod("FAAP", LaboratoryMethod::generator),
        new LaboratoryMethod("Repro, border", model -> trigger(model, Trigger.BORDER)),
        new LaboratoryMethod("Repro, patch", model -> trigger(model, Trigger.PATCH)),
        new LaboratoryMethod("CARE", model -> new CausalScaling()),
        new LaboratoryMethod("DFR", model -> new SparseReweighting()),
        new LaboratoryMethod(ERASER, LaboratoryMethod::eraser),
        new LaboratoryMethod(ErasedAnswers.OWN, LaboratoryMethod::ownActivations),
        new LaboratoryMethod(ErasedAnswers.DEFAULT, LaboratoryMethod::usual));
  }

  private static Repair generator(Model model) {
    return new FairPerturbation(
        network(model),
        FairPerturbation.SETTINGS
            .withEpochs(GENERATOR_EPOCHS)
            .withDevice(device(model), threads(model)));
  }

  private static Repair trigger(Model model, Trigger trigger) {
    return new FairReprogramming(
        network(model),
        trigger,
        FairReprogramming.SETTINGS.withDevice(device(model), threads(model)));
  }

  private static ImageNetwork network(Model model) {
    try (OnnxClassifier deployed = OnnxClassifier.open(model.file())) {
      return ImageNetworkReader.read(deployed);
    }
  }

  private static Device device(Model model) {
    return model.models().setting().images().device();
  }

  private static int threads(Model model) {
    return model.models().setting().threads();
  }

  /** As published: a patch that reads pixels and answers with the rule of each group. */
  private static Repair eraser(Model model) {
    return new Erasure(
        pixels(model),
        EraserSettings.DEFAULT.withEstimator(Estimator.of("P1")).withFolds(TableOneDivision.FOLDS));
  }

  private static Repair ownActivations(Model model) {
    return new Erasure(activations(model), EraserSettings.DEFAULT);
  }

  /** What the command does by default. */
  private static Repair usual(Model model) {
    return new Erasure(
        new ChosenTrainer(List.of(activations(model), pixels(model))),
        EraserSettings.DEFAULT.withFolds(TableOneDivision.FOLDS));
  }

  private static PatchTrainer activations(Model model) {
    return new OwnFeatures(new ModelSource.File(model.file(), OnnxOptions.defaults()));
  }

  private static PatchTrainer pixels(Model model) {
    TrainedModels models = model.models();
    return new RememberingTrainer(
        new ImagePatchTrainer(models.here(models.scale().patch()), models.progress()));
  }
}

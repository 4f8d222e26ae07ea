package org.evenhand.cli.examples;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Classifier;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.ModelContract;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.data.Tables;
import org.evenhand.eraser.Distillation;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Erasure;
import org.evenhand.eraser.ErasureProposal;
import org.evenhand.eraser.Estimator;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.CorrectionStep;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.onnx.StepExporter;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.repair.Measured;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Unseen;

/** Removing bias from answers. */
public final class RepairExamples {
  private RepairExamples() {}

  /** README.md: the whole job. */
  public static void wholeJob(Path folder) {
    // docs:begin whole-job
    OnnxOptions options = OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")));
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve("model.onnx"), options)) {
      Table table = Tables.read(folder.resolve("people.csv"), model.inputs());
      Table inputs = table.without(Set.of("split"));
      LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(inputs);
      LabelledSet fit = rows.select(Split.rows(table, "split", "calibration"));
      LabelledSet unseen = rows.select(Split.rows(table, "split", "test"));

      Repair erasure =
          new Erasure(new Perceptron(PerceptronSettings.DEFAULT), EraserSettings.DEFAULT);
      Answers answers = model.answer(fit.inputs());
      Proposal proposal = erasure.propose(RepairTask.of(fit, answers, List.of("gender")));
      Answers deployed = model.answer(unseen.inputs());
      Unseen test = Unseen.of("test", unseen, deployed, AuditSettings.DEFAULT);
      AuditResult after = Measured.of(proposal, model, test).after();
      System.out.println(after.attribute("gender").explanation());
      DecisionRule rule = DecisionRule.MOST_PROBABLE;
      ChangeWriter.write(model, proposal.change(), rule, Map.of(), folder.resolve("fused.onnx"));
    }
    // docs:end whole-job
  }

  /** A repair that is looked at before it is served. */
  public static Answers.Soft repair(
      LabelledSet calibration, Answers answers, LabelledSet unseen, Answers.Soft deployed) {
    // docs:begin repair
    EraserSettings settings = EraserSettings.DEFAULT.withGoal(Goal.KEEP_CLASS_PRIOR).withSeed(7);
    ErasureProposal repair =
        Eraser.propose(
            calibration,
            List.of("gender"),
            answers,
            new Perceptron(PerceptronSettings.DEFAULT),
            settings);
    System.out.println(repair.why());
    repair.diagnoses().get(0).warnings().forEach(System.out::println);
    if (repair.declined().isPresent()) {
      throw new IllegalStateException(repair.declined().get());
    }
    Answers.Soft corrected = repair.removal().apply(deployed, unseen.inputs());
    AuditResult after = Audit.of(unseen, corrected, AuditSettings.DEFAULT);
    System.out.println(after.attribute("gender").verdict());
    // docs:end repair
    return corrected;
  }

  /** A correction in a file of its own, and the service that applies it. */
  public static Answers.Soft step(
      Classifier model, Removal removal, Answers.Soft deployed, Table rows, Path folder) {
    // docs:begin step
    Path file = folder.resolve("fair.step.onnx");
    StepExporter.export(
        model.classes(), removal, DecisionRule.MOST_PROBABLE, Map.of("made_by", "me"), file);
    Answers.Soft corrected;
    try (CorrectionStep step = CorrectionStep.open(file)) {
      corrected = step.apply(deployed, rows);
      int[] decisions = step.after(model).answer(rows).decisions(DecisionRule.OF_MODEL);
      System.out.println(Arrays.stream(decisions).sum() + " of " + rows.rows() + " get a yes");
    }
    // docs:end step
    return corrected;
  }

  /** One estimator without the choice among all. */
  public static Removal estimator(LabelledSet calibration, Answers.Soft answers) {
    // docs:begin estimator
    Distillation distillation =
        Distillation.of(
            calibration, List.of("gender"), answers, new Perceptron(PerceptronSettings.DEFAULT), 1);
    Removal removal = distillation.removal(Estimator.of("S4"), Goal.UNIFORM, 1);
    // docs:end estimator
    return removal;
  }

  /** Any probabilities learned by the perceptron. */
  public static PatchNetwork perceptron(LabelledSet rows, Path folder) {
    // docs:begin perceptron
    double[] labels = PatchTrainer.certainLabels(rows.attribute("gender").codes(), 2);
    Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT.withHidden(16));
    Table visible = rows.inputs().without(Set.of("gender"));
    PatchNetwork reader = trainer.train(visible, labels, 2, rows.weights(), 1);
    NetworkExporter.exportPatch(reader, Map.of("made_by", "me"), folder.resolve("reader.onnx"));
    // docs:end perceptron
    return reader;
  }

  /** docs/serving.md: a fused model in ONNX Runtime, without Evenhand. */
  public static Served serve(Path folder) throws OrtException {
    // docs:begin serve
    Map<String, Object> person =
        Map.of(
            "income", new float[][] {{41_000}},
            "debt_ratio", new float[][] {{0.3f}},
            "years_employed", new float[][] {{4}},
            "loans_before", new float[][] {{1}},
            "credit_history", new String[][] {{"clean"}},
            "region", new String[][] {{"coast"}},
            "gender", new String[][] {{"female"}});
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    float[][] corrected;
    float[][] original;
    boolean[] flipped;
    try (OrtSession session = environment.createSession(folder.resolve("fused.onnx").toString())) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      for (Map.Entry<String, Object> column : person.entrySet()) {
        inputs.put(column.getKey(), OnnxTensor.createTensor(environment, column.getValue()));
      }
      try (OrtSession.Result answer = session.run(inputs)) {
        corrected = (float[][]) answer.get("probabilities").orElseThrow().getValue();
        original = (float[][]) answer.get("original_probabilities").orElseThrow().getValue();
        flipped = (boolean[]) answer.get("flipped").orElseThrow().getValue();
      }
      inputs.values().forEach(OnnxTensor::close);
    }
    // docs:end serve
    return new Served(corrected[0], original[0], flipped[0]);
  }

  /**
   * What a fused model answers about one person.
   *
   * @param corrected probabilities after the removal
   * @param original probabilities of the deployed model
   * @param flipped whether the decision changed
   */
  public record Served(float[] corrected, float[] original, boolean flipped) {}
}

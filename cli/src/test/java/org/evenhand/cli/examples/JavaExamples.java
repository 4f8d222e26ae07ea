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
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.ConfusionTable;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Provenance;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Flip;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.Split;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.eraser.Distillation;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Estimator;
import org.evenhand.eraser.RepairProposal;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.FusedExporter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.onnx.RepairedExporter;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.unlearning.Explanation;
import org.evenhand.unlearning.ExplanationSettings;
import org.evenhand.unlearning.GroupGap;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.InfluenceOnBias;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.TrainedHead;
import org.evenhand.unlearning.Unlearning;
import org.evenhand.unlearning.UnlearningProposal;
import org.evenhand.unlearning.UnlearningSettings;

/**
 * The Java of the documentation, between markers. In a package of its own, so that it sees what a
 * user sees. {@code folder} holds what {@code evenhand demo} writes.
 */
public final class JavaExamples {
  private JavaExamples() {}

  /** README.md: the whole job. */
  public static void wholeJob(Path folder) {
    // docs:begin whole-job
    OnnxOptions options = OnnxOptions.builder().classes(List.of("no", "yes")).build();
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve("model.onnx"), options)) {
      Table table = Tables.read(folder.resolve("people.csv"));
      Table inputs = table.without(Set.of("split"));
      LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(inputs);
      LabelledSet fit = rows.select(Split.rows(table, "split", "calibration"));
      LabelledSet unseen = rows.select(Split.rows(table, "split", "test"));

      Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT);
      Answers answers = model.answer(fit.inputs());
      List<String> gender = List.of("gender");
      EraserSettings settings = EraserSettings.DEFAULT;
      RepairProposal repair = Eraser.propose(fit, gender, answers, trainer, settings);
      Answers.Soft deployed = (Answers.Soft) model.answer(unseen.inputs());
      AuditResult after = repair.measure(unseen, deployed, AuditSettings.DEFAULT).after();
      DecisionRule rule = DecisionRule.MOST_PROBABLE;
      System.out.println(after.attribute("gender").explanation());
      FusedExporter.export(model, repair.removal(), rule, Map.of(), folder.resolve("fused.onnx"));
    }
    // docs:end whole-job
  }

  /** Reading rows. */
  public static LabelledSet read(Path folder) {
    // docs:begin read
    Table people =
        Tables.read(
            folder.resolve("people.csv"),
            TableOptions.defaults().withTextColumns(Set.of("region")));
    LabelledSet rows =
        Labelling.of("repaid", List.of("gender", "region")).apply(people.without(Set.of("split")));
    int[] testRows = Split.rows(people, Split.COLUMN, Split.TEST);
    LabelledSet test = rows.select(testRows);
    // docs:end read
    return test;
  }

  /** Rows that are in memory already. */
  public static LabelledSet inMemory() {
    // docs:begin in-memory
    Table people =
        Table.of(
            List.of(
                new NumericColumn("income", new double[] {41_000, 28_500, Double.NaN, 35_200}),
                TextColumn.of("region", List.of("coast", "hills", "coast", "plain")),
                TextColumn.of("gender", List.of("female", "male", "male", "female")),
                TextColumn.of("repaid", List.of("yes", "no", "yes", "no"))));
    LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(people);
    // docs:end in-memory
    return rows;
  }

  /** A model that is a Java function. */
  public static Answers function(LabelledSet rows) {
    // docs:begin function
    Classifier model =
        Classifier.ofFunction(
            Classes.of("no", "yes"),
            table -> {
              double[] income = ((NumericColumn) table.column("income")).values();
              double[] probabilities = new double[2 * table.rows()];
              for (int row = 0; row < table.rows(); row++) {
                double yes = 1 / (1 + Math.exp(1 - income[row] / 40_000));
                probabilities[2 * row] = 1 - yes;
                probabilities[2 * row + 1] = yes;
              }
              return probabilities;
            });
    Answers answers = model.answer(rows.inputs());
    // docs:end function
    return answers;
  }

  /** A model in an ONNX file. */
  public static int[] onnx(Path folder, Table people) {
    // docs:begin onnx
    OnnxOptions options =
        OnnxOptions.builder().classes(List.of("no", "yes")).threads(2).strict(true).build();
    int[] decisions;
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve("model.onnx"), options)) {
      System.out.println(model.describe());
      decisions = model.answer(people).decisions(DecisionRule.threshold(0.62));
    }
    // docs:end onnx
    return decisions;
  }

  /** An audit. */
  public static AttributeAudit audit(LabelledSet rows, Answers answers) {
    // docs:begin audit
    AuditResult result = Audit.of(rows, answers, AuditSettings.DEFAULT.withTolerance(0.1));
    AttributeAudit gender = result.attribute("gender");
    System.out.println(gender.verdict() + ": " + gender.explanation());
    if (gender.modelBias().estimate() instanceof Estimate.Known bias) {
      System.out.printf("%.3f [%.3f, %.3f]%n", bias.value(), bias.low(), bias.high());
    }
    // docs:end audit
    return gender;
  }

  /** An audit of answers that were recorded. */
  public static AuditResult recorded(Path file) {
    // docs:begin recorded
    Table decisions = Tables.read(file);
    LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(decisions);
    Answers answers = Labels.scores(decisions, "score", rows.target().classes());
    AuditSettings settings = AuditSettings.DEFAULT.withDecisionRule(DecisionRule.threshold(0.62));
    AuditResult result = Audit.of(rows, answers, settings);
    // docs:end recorded
    return result;
  }

  /** Counts and four figures, without intervals. */
  public static GroupSummary summary(LabelledSet rows, Answers answers) {
    // docs:begin summary
    int[] decisions = answers.decisions(DecisionRule.MOST_PROBABLE);
    ConfusionTable counts =
        ConfusionTable.of(rows.target(), rows.attribute("gender"), decisions, rows.weights());
    GroupSummary summary = GroupSummary.of(counts);
    // docs:end summary
    return summary;
  }

  /** A repair that is looked at before it is served. */
  public static Answers.Soft repair(
      LabelledSet calibration, Answers answers, LabelledSet unseen, Answers.Soft deployed) {
    // docs:begin repair
    EraserSettings settings = EraserSettings.DEFAULT.withGoal(Goal.KEEP_CLASS_PRIOR).withSeed(7);
    RepairProposal repair =
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
    RepairProposal.Measured measured = repair.measure(unseen, deployed, AuditSettings.DEFAULT);
    System.out.println(measured.after().attribute("gender").verdict());
    Answers.Soft corrected = repair.removal().apply(deployed, unseen.inputs());
    // docs:end repair
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

  /** Counterfactual bias. */
  public static CounterfactualBias counterfactual(LabelledSet rows, Classifier model) {
    // docs:begin counterfactual
    CounterfactualPairs pairs = Flip.of("gender").pairs(rows);
    CounterfactualBias bias =
        CounterfactualAudit.of(
            pairs,
            model.answer(pairs.factual().inputs()),
            model.answer(pairs.counterfactual().inputs()),
            CounterfactualAudit.DELTA,
            AuditSettings.DEFAULT);
    System.out.println(bias.verdict() + ": " + bias.explanation());
    // docs:end counterfactual
    return bias;
  }

  /** Which training rows put bias into a head. */
  public static Explanation influence(
      Path folder, OnnxOptions options, LabelledSet training, LabelledSet calibration) {
    // docs:begin influence
    Explanation explanation;
    try (OnnxHeadedClassifier model =
        OnnxHeadedClassifier.open(folder.resolve("model.onnx"), options)) {
      TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, training));
      PairRows pairs = PairRows.of(model, Flip.of("gender").pairs(calibration));
      explanation = Explanation.of(head, pairs, ExplanationSettings.DEFAULT);
      for (int row : explanation.harmful(5)) {
        System.out.printf("row %d: %.2e%n", row, explanation.influence()[row]);
      }
      double[] gap =
          new InfluenceOnBias(head, 1e-3)
              .of(
                  new GroupGap(
                      HeadRows.of(model, calibration),
                      calibration.attribute("gender").codes(),
                      1,
                      GroupGap.Criterion.EQUAL_OPPORTUNITY),
                  head.training());
      System.out.println(Arrays.stream(gap).max().orElseThrow());
    }
    // docs:end influence
    return explanation;
  }

  /** An edit of a head that is looked at before it is served. */
  public static UnlearningProposal unlearn(
      Path folder, OnnxOptions options, LabelledSet training, LabelledSet calibration) {
    // docs:begin unlearn
    UnlearningProposal proposal;
    try (OnnxHeadedClassifier model =
        OnnxHeadedClassifier.open(folder.resolve("model.onnx"), options)) {
      TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, training));
      PairRows pairs = PairRows.of(model, Flip.of("gender").pairs(calibration));
      UnlearningSettings settings = UnlearningSettings.DEFAULT.withSeed(7);
      int[] gender = training.attribute("gender").codes();
      proposal = Unlearning.propose(head.withAttribute(gender), pairs, settings);
      System.out.println(proposal.settings() + ", " + proposal.certificate());
      if (proposal.declined().isEmpty()) {
        RepairedExporter.export(model, proposal.head(), folder.resolve("repaired.onnx"));
      }
    }
    // docs:end unlearn
    return proposal;
  }

  /** Any probabilities learned by the perceptron. */
  public static PatchNetwork perceptron(LabelledSet rows, Path folder) {
    // docs:begin perceptron
    int[] codes = rows.attribute("gender").codes();
    double[] labels = new double[2 * codes.length];
    for (int row = 0; row < codes.length; row++) {
      labels[2 * row + codes[row]] = 1;
    }
    Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT.withHidden(16));
    Table visible = rows.inputs().without(Set.of("gender"));
    PatchNetwork reader = trainer.train(visible, labels, 2, rows.weights(), 1);
    NetworkExporter.exportPatch(reader, Map.of("made_by", "me"), folder.resolve("reader.onnx"));
    // docs:end perceptron
    return reader;
  }

  /** Report and evidence of one's own run. */
  public static void evidence(AuditResult result, Path folder) {
    // docs:begin evidence
    Provenance provenance =
        Provenance.now(
            List.of(
                Artefacts.of("model", folder.resolve("model.onnx")),
                Artefacts.of("data", folder.resolve("people.csv"))),
            result.settings().seed(),
            Map.of("tolerance", "0.05"));
    Evidence evidence = new Evidence.Audit("java -jar nightly-audit.jar", result, provenance);
    EvidencePack.writeReport(evidence, folder.resolve("nightly.html"));
    EvidencePack.writeJson(evidence, Map.of(), folder.resolve("nightly.json"));
    // docs:end evidence
  }

  /** A table with a model's scores, as a CSV file. */
  public static void scores(Table people, Answers.Soft answers, Path folder) {
    // docs:begin scores
    double[] scores = new double[people.rows()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = Math.exp(answers.logProbabilities()[2 * row + 1]);
    }
    Table decisions =
        Table.of(
            List.of(
                people.column("repaid"),
                people.column("gender"),
                new NumericColumn("score", scores)));
    CsvFile.write(decisions, folder.resolve("decisions.csv"));
    // docs:end scores
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

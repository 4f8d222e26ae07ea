package org.evenhand.cli.examples;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.LazyClassifier;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;

/** Rows, and what models answer about them. */
public final class DataExamples {
  private DataExamples() {}

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

  /** Rows in the types that a model reads. */
  public static Answers readForModel(Path folder, OnnxClassifier model) {
    // docs:begin read-for-model
    Table people = Tables.read(folder.resolve("people.csv"), model.inputs());
    Answers answers = model.answer(people);
    // docs:end read-for-model
    return answers;
  }

  // docs:begin applicant
  record Applicant(double income, String region, boolean member) {}

  // docs:end applicant

  /** Rows that are objects. */
  public static List<Table> objects() {
    // docs:begin objects
    Table people =
        Table.ofRecords(
            List.of(new Applicant(41_000, "coast", true), new Applicant(28_500, "hills", false)));
    Table requests =
        Table.ofRows(
            List.of(
                Map.of("income", 41_000, "region", "coast"),
                Map.of("income", 28_500, "region", "hills")));
    // docs:end objects
    return List.of(people, requests);
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

  /** A model that is a Java function of one logit per row. */
  public static Answers logits(LabelledSet rows) {
    // docs:begin logits
    Classifier model =
        Classifier.ofLogits(
            Classes.of("no", "yes"),
            table -> {
              double[] income = ((NumericColumn) table.column("income")).values();
              return Arrays.stream(income).map(each -> each / 40_000 - 1).toArray();
            });
    Answers answers = model.answer(rows.inputs());
    // docs:end logits
    return answers;
  }

  /** A model that each process opens for itself. */
  public static LazyClassifier<OnnxClassifier> lazy(Path folder) {
    // docs:begin lazy
    String file = folder.resolve("model.onnx").toString();
    OnnxOptions options = OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")));
    LazyClassifier<OnnxClassifier> model =
        LazyClassifier.of(() -> OnnxClassifier.open(Path.of(file), options));
    // docs:end lazy
    return model;
  }

  /** A model in an ONNX file. */
  public static int[] onnx(Path folder, Table people) {
    // docs:begin onnx
    OnnxOptions options =
        OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")))
            .withThreads(2)
            .withStrict(true);
    int[] decisions;
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve("model.onnx"), options)) {
      System.out.println(model.describe());
      decisions = model.answer(people).decisions(DecisionRule.threshold(0.62));
    }
    // docs:end onnx
    return decisions;
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
}

package com.example.tribuo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.ErasureProposal;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.ONNXExportable;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Trains with Tribuo, exports, audits, and writes one repaired ONNX file. */
public final class TribuoRepair {
  private TribuoRepair() {}

  /**
   * What came out.
   *
   * @param model as Tribuo trained it
   * @param options with which the exported model is opened
   * @param unseen rows with the features that the exported model reads
   * @param before the audit of the exported model
   * @param after the audit of the repaired file
   */
  public record Outcome(
      Model<Label> model,
      OnnxOptions options,
      LabelledSet unseen,
      AuditResult before,
      AuditResult after) {}

  /** Trains on rows with their labels. */
  static Model<Label> train(LabelledSet rows, List<String> names) {
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> examples =
        new MutableDataset<>(new SimpleDataSourceProvenance("loans", labels), labels);
    Table features = rows.inputs().only(names);
    for (int row = 0; row < rows.rows(); row++) {
      examples.add(example(rows, features, row));
    }
    return new LogisticRegressionTrainer().train(examples);
  }

  /** A row as Tribuo takes it. */
  static ArrayExample<Label> example(LabelledSet rows, Table features, int row) {
    String label = rows.target().classes().names().get(rows.target().codes()[row]);
    return new ArrayExample<>(
        new Label(label), features.names().toArray(String[]::new), Features.row(features, row));
  }

  /**
   * Runs.
   *
   * @param folder where {@code model.onnx} and {@code fair.onnx} are written
   */
  public static Outcome run(Path folder) throws IOException {
    Table loans = SimulatedLending.table(20_000, 1);
    Table features = Features.of(loans.without(Set.of("repaid", Split.COLUMN)));
    List<Column> columns = new ArrayList<>(features.columns());
    columns.add(loans.column("repaid"));
    columns.add(loans.column("gender"));
    LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(Table.of(columns));
    LabelledSet unseen = rows.select(Split.rows(loans, Split.COLUMN, Split.TEST));

    Model<Label> trained =
        train(rows.select(Split.rows(loans, Split.COLUMN, Split.TRAIN)), features.names());
    Path file = folder.resolve("model.onnx");
    ((ONNXExportable) trained).saveONNXModel("com.example", 1, file);

    // The file names neither features nor classes: say both in Tribuo's order.
    ImmutableOutputInfo<Label> labels = trained.getOutputIDInfo();
    List<String> classes = List.of(labels.getOutput(0).getLabel(), labels.getOutput(1).getLabel());
    OnnxOptions options =
        OnnxOptions.of(ModelContract.none().withFeatures(features.names()).withClasses(classes));
    try (OnnxClassifier model = OnnxClassifier.open(file, options)) {
      AuditResult before = Audit.of(unseen, model.answer(unseen.inputs()), AuditSettings.DEFAULT);
      LabelledSet calibration = rows.select(Split.rows(loans, Split.COLUMN, Split.CALIBRATION));
      // The patch sees what the model sees.
      LabelledSet visible =
          new LabelledSet(
              calibration.inputs().only(features.names()),
              calibration.target(),
              calibration.attributes(),
              calibration.weights());
      ErasureProposal repair =
          Eraser.propose(
              visible,
              List.of("gender"),
              model.answer(calibration.inputs()),
              new Perceptron(PerceptronSettings.DEFAULT),
              EraserSettings.DEFAULT);
      repair
          .declined()
          .ifPresent(
              reason -> {
                throw new IllegalStateException(reason);
              });
      Path fair = folder.resolve("fair.onnx");
      ChangeWriter.write(
          model, repair.removal(), DecisionRule.MOST_PROBABLE, Map.of("made_by", "me"), fair);
      try (OnnxClassifier repaired = OnnxClassifier.open(fair, options)) {
        AuditResult after =
            Audit.of(unseen, repaired.answer(unseen.inputs()), AuditSettings.DEFAULT);
        return new Outcome(trained, options, unseen, before, after);
      }
    }
  }

  /** Prints what came out. */
  public static void main(String[] arguments) throws IOException {
    Outcome outcome = run(Path.of(arguments.length > 0 ? arguments[0] : "."));
    System.out.println("before: " + outcome.before().attribute("gender").explanation());
    System.out.println("after: " + outcome.after().attribute("gender").explanation());
  }
}

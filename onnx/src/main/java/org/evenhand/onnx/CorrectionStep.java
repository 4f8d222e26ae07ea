package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.Column;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.Table;

/**
 * A correction as it was written: the step that {@code erase} and {@code repair} leave beside a
 * model behind a URL, and {@link StepExporter} beside one in Java. A service that asks the model
 * itself corrects the answers with it.
 *
 * <pre>{@code
 * try (CorrectionStep step = CorrectionStep.open(Path.of("fair.step.onnx"))) {
 *   Answers.Soft fair = step.apply((Answers.Soft) model.answer(people), people);
 *   int[] decisions = fair.decisions(DecisionRule.OF_MODEL);
 * }
 * }</pre>
 *
 * <p>It gives what the library gave when it was written, and names the decisions by the rule that
 * was measured. Several threads may use it at once.
 */
public final class CorrectionStep implements AutoCloseable {
  private final Path path;
  private final Map<String, String> metadata;
  private final Classes classes;
  private final ScoreOutput scores;
  private final LabelOutput label;
  private final List<InputColumn> inputs;
  private final OnnxSession session;

  private CorrectionStep(Path path) {
    this.path = path;
    ModelProto model = ModelFile.read(path);
    this.metadata = ModelFile.metadata(model);
    this.classes = new Classes(lines(ClassLabels.KEY));
    ScoreScale scale = ScoreScale.valueOf(lines(StepExporter.SCORES_KEY).get(0));
    List<GraphInput> given = new ArrayList<>();
    List<GraphInput> read = new ArrayList<>();
    for (ValueInfoProto declared : model.getGraph().getInputList()) {
      GraphInput input = GraphInput.of(declared);
      String columns = StepExporter.COLUMNS_KEY + input.name();
      if (metadata.containsKey(columns)) {
        read.add(input.withColumns(lines(columns)));
      } else {
        given.add(input);
      }
    }
    this.scores = scores(given, scale);
    this.label =
        new LabelOutput(StepExporter.LABEL, labelType(model.getGraph()), 2, classes.names());
    this.inputs = new ModelInputs(read, Set.of()).columns();
    List<GraphInput> all = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      all.add(
          given.get(i).withColumns(given.size() > 1 ? List.of(scoreColumn(i)) : scoreColumns()));
    }
    all.addAll(read);
    this.session =
        OnnxSession.open(path, model, new ModelInputs(all, Set.of()), OnnxOptions.defaults());
  }

  /**
   * Opens a written correction.
   *
   * @param path an ONNX file that {@link StepExporter} wrote
   * @throws OnnxException if the file is missing, broken or no step
   */
  public static CorrectionStep open(Path path) {
    return new CorrectionStep(path);
  }

  private List<String> lines(String key) {
    return Optional.ofNullable(metadata.get(key))
        .orElseThrow(
            () ->
                new OnnxException(
                    "'%s' is no correction that is run after a model: its metadata lack '%s'; open the file that erase wrote as a step, not a model or a patch."
                        .formatted(path, key)))
        .lines()
        .toList();
  }

  private static ScoreOutput scores(List<GraphInput> given, ScoreScale scale) {
    GraphInput first = given.get(0);
    if (given.size() > 1) {
      return new ScoreOutput(
          first.name(),
          Layout.COLUMNS,
          scale,
          first.rank(),
          given.stream().map(GraphInput::name).toList());
    }
    boolean single = first.rank() == 1 || first.dimensions().get(1) == 1;
    return new ScoreOutput(
        first.name(), single ? Layout.SINGLE : Layout.MATRIX, scale, first.rank());
  }

  private static ElementType labelType(GraphProto graph) {
    return graph.getOutputList().stream()
        .filter(output -> output.getName().equals(StepExporter.LABEL))
        .map(output -> GraphInput.of(output).type())
        .findFirst()
        .orElseThrow();
  }

  /** The classes of the model that it corrects. */
  public Classes classes() {
    return classes;
  }

  /** The columns of a row that it reads, beside the answers; none if it asks no patch. */
  public List<InputColumn> inputs() {
    return inputs;
  }

  /** What was done, by name: attribute, method, decision rule, seed, hashes. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The corrected answers, with the decisions by the rule that was measured as their labels.
   *
   * @param answers of the model to the rows
   * @param rows has every column of {@link #inputs}, of the same kind; further ones are ignored
   * @throws OnnxException if the answers are between other classes, or to another number of rows
   * @throws org.evenhand.core.CoreException if a column is missing or of the wrong kind
   */
  public Answers.Soft apply(Answers.Soft answers, Table rows) {
    if (!answers.classes().equals(classes)) {
      throw new OnnxException(
          "The correction is of a model that decides between %s, but the answers are between %s."
              .formatted(
                  String.join(", ", classes.names()),
                  String.join(", ", answers.classes().names())));
    }
    if (answers.rows() != rows.rows()) {
      throw new OnnxException(
          "There are answers to %d rows, but the table has %d."
              .formatted(answers.rows(), rows.rows()));
    }
    InputColumn.requireAll(inputs, rows);
    if (rows.rows() == 0) {
      return answers.withLabels(new int[0]);
    }
    Map<String, OutputValues> given =
        session.run(table(answers, rows), Set.of(StepExporter.PROBABILITIES, StepExporter.LABEL));
    double[] probabilities =
        Scores.matrix(
            new ScoreOutput(StepExporter.PROBABILITIES, Layout.MATRIX, ScoreScale.PROBABILITIES, 2),
            given,
            classes.names());
    return Answers.Soft.ofProbabilities(classes, probabilities, Answers.FLOAT_FLOOR)
        .withLabels(label.codes(OnnxClassifier.perRow(StepExporter.LABEL, given)));
  }

  /**
   * A model whose answers are corrected, to be audited or served.
   *
   * @param model gives probabilities or logits; closing the result leaves it and this step open
   */
  public Classifier after(Classifier model) {
    return new Corrected(model, this);
  }

  /** See {@link #after}. */
  private record Corrected(Classifier model, CorrectionStep step) implements Classifier {
    @Override
    public Classes classes() {
      return model.classes();
    }

    @Override
    public Answers answer(Table rows) {
      if (model.answer(rows) instanceof Answers.Soft answers) {
        return step.apply(answers, rows);
      }
      throw new OnnxException(
          "The model answers with labels only; a correction needs its probabilities or logits. "
              + Answers.Hard.WAYS_TO_SCORES);
    }

    @Override
    public void close() {}
  }

  private Table table(Answers.Soft answers, Table rows) {
    List<Column> columns = new ArrayList<>();
    double[] matrix = scores(answers);
    int width = width();
    for (int k = 0; k < width; k++) {
      int column = k;
      columns.add(
          new NumericColumn(
              scoreColumn(k),
              IntStream.range(0, rows.rows())
                  .mapToDouble(row -> matrix[row * width + column])
                  .toArray()));
    }
    inputs.forEach(input -> columns.add(rows.column(input.name())));
    return Table.of(columns);
  }

  private int width() {
    return scores.layout() == Layout.SINGLE ? 1 : classes.size();
  }

  private List<String> scoreColumns() {
    return IntStream.range(0, width()).mapToObj(CorrectionStep::scoreColumn).toList();
  }

  /** Not the name of a column: those of a table have no line breaks. */
  private static String scoreColumn(int k) {
    return "score\n" + k;
  }

  /** What the model must have answered, up to a constant per row of logits. */
  private double[] scores(Answers.Soft answers) {
    double[] logs = answers.logProbabilities();
    boolean logits = scores.scale().isLogits();
    // Of a mirrored logit, half the difference counts.
    double unit = scores.scale() == ScoreScale.MIRRORED ? 2 : 1;
    if (width() == classes.size()) {
      return IntStream.range(0, logs.length)
          .mapToDouble(i -> logits ? unit * logs[i] : Math.exp(logs[i]))
          .toArray();
    }
    return IntStream.range(0, answers.rows())
        .mapToDouble(
            row ->
                logits ? unit * (logs[2 * row + 1] - logs[2 * row]) : Math.exp(logs[2 * row + 1]))
        .toArray();
  }

  /** Frees what it holds; using it afterwards is an error. */
  @Override
  public void close() {
    session.close();
  }
}

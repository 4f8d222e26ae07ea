package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;

/**
 * A deployed model in an ONNX file.
 *
 * <p>Its inputs are one {@code [N,1]} or {@code [N]} tensor per column, named like the column, one
 * {@code [N,d]} tensor with {@link ModelContract#features}, or a float tensor of more dimensions
 * such as {@code [N,C,H,W]}, filled by a column of tensors (images). Its scores are found among the
 * outputs by shape, name and the answers to a few probe rows ({@link #describe} says which):
 * probabilities or logits of K classes, independent sigmoids if declared, one sigmoid for two
 * classes, or a sequence of maps. Logits are read where the model has both and they agree. A model
 * that only names classes answers {@link Answers.Hard}.
 *
 * <p>Several threads may ask at once. Closing waits for those that are being answered; asking
 * afterwards is an {@link OnnxException}.
 *
 * <pre>{@code
 * try (OnnxClassifier model = OnnxClassifier.open(Path.of("model.onnx"))) {
 *   Table people = Tables.read(csv, model.inputs());
 *   int[] decisions = model.answer(people).decisions(DecisionRule.MOST_PROBABLE);
 * }
 * }</pre>
 */
public final class OnnxClassifier implements DeployedModel {
  private final Path path;
  private final OnnxOptions options;
  private final ModelProto model;
  private final Graph graph;
  private final ModelInputs inputs;
  private final KnownCategories categories;
  private final OnnxSession session;
  private final ModelOutputs outputs;

  private OnnxClassifier(Path path, OnnxOptions options) {
    this.path = path;
    this.model = ModelFile.read(path);
    this.graph = new Graph(model.getGraph());
    // Where answers depend on the batch, only a batch of one row says something about the row.
    this.options = dependsOnBatch() ? options.withBatchSize(1) : options;
    this.inputs = ModelInputs.of(graph, options.contract());
    this.session = OnnxSession.open(path, model, inputs, this.options);
    try {
      // Only now is it known that every node has the inputs and outputs of its operator.
      this.categories = new KnownCategories(graph, inputs);
      this.outputs = discoverOutputs();
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private boolean dependsOnBatch() {
    return graph.nodes().stream()
        .anyMatch(node -> node.getOpType().equals("DynamicQuantizeLinear"));
  }

  private boolean isByTribuo() {
    return model.getProducerName().equals("Tribuo");
  }

  private ModelOutputs discoverOutputs() {
    Set<String> all =
        graph.outputs().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, OutputValues> probe = session.run(probeRows(), all);
    ClassLabels labels = new ClassLabels(graph, property(ClassLabels.KEY));
    return new OutputDiscovery(
            labels, probe, options.contract(), outputsAddedByUs(), FusedScores.of(metadata()))
        .discover();
  }

  /** A fused model also hands out the deployed model's own answers, for whoever asks for them. */
  private Set<String> outputsAddedByUs() {
    return fusedOutputs().stream()
        .flatMap(added -> Stream.of(added.originalProbabilities(), added.flipped()))
        .filter(name -> !options.contract().output().equals(Optional.of(name)))
        .collect(Collectors.toSet());
  }

  /** The outputs that {@link FusedExporter} added, if it wrote this model. */
  public Optional<FusedOutputs> fusedOutputs() {
    return property(FusedExporter.ORIGINAL_KEY)
        .flatMap(
            original ->
                property(FusedExporter.FLIPPED_KEY)
                    .map(flipped -> new FusedOutputs(original, flipped)));
  }

  private Optional<String> property(String key) {
    return Optional.ofNullable(metadata().get(key));
  }

  /** The properties that the file holds, in its order. */
  @Override
  public Map<String, String> metadata() {
    return ModelFile.metadata(model);
  }

  /**
   * Opens a model with the default options.
   *
   * @param path an ONNX file
   * @throws OnnxException if the file is missing, broken or not a classifier
   */
  public static OnnxClassifier open(Path path) {
    return open(path, OnnxOptions.defaults());
  }

  /**
   * Opens a model.
   *
   * @param path an ONNX file
   * @param options how it is opened and asked
   * @throws OnnxException if the file is missing, broken or not a classifier
   * @throws org.evenhand.core.CoreException if the contract does not fit it
   */
  public static OnnxClassifier open(Path path, OnnxOptions options) {
    return new OnnxClassifier(path, options);
  }

  /** The file. */
  public Path path() {
    return path;
  }

  @Override
  public List<InputColumn> inputs() {
    return inputs.columns();
  }

  @Override
  public String describe() {
    return outputs.describe();
  }

  /** Whether weights are stored in 16 bits, so that what is written into them is rounded. */
  public boolean hasHalves() {
    return graph.initializers().stream()
        .anyMatch(tensor -> tensor.getDataType() == ElementType.FLOAT16.code());
  }

  /** Whether the model has probabilities or logits, so that {@link #answer} is soft. */
  public boolean hasScores() {
    return outputs.source().isPresent();
  }

  @Override
  public Classes classes() {
    return outputs.classes();
  }

  /**
   * The answers to all rows: {@link Answers.Soft} unless the model only names classes.
   *
   * @param table has every column of {@link #inputs}, of the same kind; further ones are ignored
   * @throws org.evenhand.core.CoreException if a column is missing or of the wrong kind
   * @throws OnnxException if a column holds what the input cannot take, if the model answers NaN or
   *     infinity, or, when strict, if the model's encoder does not know a category
   */
  @Override
  public Answers answer(Table table) {
    requireAnswerable(table);
    return hasScores() ? softAnswers(table) : hardAnswers(table);
  }

  /** What asking about these rows requires of them. */
  void requireAnswerable(Table table) {
    inputs.requireIn(table);
    if (options.strict()) {
      refuseUnknownTexts(table);
    }
  }

  private Answers softAnswers(Table table) {
    ScoreOutput source = outputs.source().orElseThrow();
    if (table.rows() == 0) {
      return new Answers.Soft(classes(), new double[0]);
    }
    Set<String> asked =
        Stream.concat(source.outputs().stream(), outputs.label().map(LabelOutput::name).stream())
            .collect(Collectors.toSet());
    Map<String, OutputValues> answered = session.run(table, asked);
    double[] matrix = Scores.matrix(source, answered, classes().names());
    requireFinite(matrix, table);
    Answers.Soft answers = source.scale().answers(classes(), matrix);
    return outputs
        .label()
        .map(label -> answers.withLabels(label.codes(perRow(label.name(), answered))))
        .orElse(answers);
  }

  private Answers hardAnswers(Table table) {
    LabelOutput label = outputs.label().orElseThrow();
    return new Answers.Hard(
        classes(), table.rows() == 0 ? new int[0] : label.codes(perRow(label.name(), table)));
  }

  /**
   * The numbers of any floating-point or boolean output as the model gives them, row-major; 32-bit
   * values are widened, booleans are 0 and 1.
   *
   * @param output the output's name
   * @param table the rows
   * @throws OnnxException if the model has no such output or it holds something else
   */
  public double[] rawOutput(String output, Table table) {
    if (table.rows() == 0) {
      return new double[0];
    }
    OutputValues values = perRow(output, table);
    if (values instanceof OutputValues.Numbers numbers) {
      return numbers.values();
    }
    if (values instanceof OutputValues.Labels labels && labels.type() == ElementType.BOOL) {
      return labels.values().stream().mapToDouble(Double::parseDouble).toArray();
    }
    throw new OnnxException("The model's output '%s' does not hold numbers.".formatted(output));
  }

  private OutputValues perRow(String output, Table table) {
    if (graph.output(output).isEmpty()) {
      throw new OnnxException("The model has no output '%s'.".formatted(output));
    }
    return perRow(output, session.run(table, Set.of(output)));
  }

  /** The element type of a tensor among the outputs, which a file need not declare. */
  ElementType outputType(String output) {
    int declared = graph.output(output).orElseThrow().getType().getTensorType().getElemType();
    return ElementType.ofCode(declared).orElseGet(() -> session.outputType(output));
  }

  /** The outputs of these names, those without an entry per row left out. */
  Map<String, OutputValues> ask(Table table, Set<String> outputs) {
    return session.run(table, outputs);
  }

  /** One output of those that were asked for. */
  static OutputValues perRow(String output, Map<String, OutputValues> answered) {
    OutputValues values = answered.get(output);
    if (values == null) {
      throw new OnnxException(
          "The model's output '%s' does not have one entry per row.".formatted(output));
    }
    return values;
  }

  /** Refuses scores, rows × K, that are not finite. */
  void requireFinite(double[] matrix, Table table) {
    ScoreOutput source = outputs.source().orElseThrow();
    int size = classes().size();
    for (int i = 0; i < matrix.length; i++) {
      if (!Double.isFinite(matrix[i])) {
        int row = i / size;
        List<String> missing = missingNumbers(table, row);
        throw new OnnxException(
            "The model's output '%s' is %s for class '%s' in row %d%s."
                .formatted(
                    source.name(),
                    matrix[i],
                    classes().names().get(i % size),
                    row,
                    missing.isEmpty()
                        ? ""
                        : ", where " + String.join(", ", missing) + " is missing"));
      }
    }
  }

  private List<String> missingNumbers(Table table, int row) {
    return inputs.columns().stream()
        .map(InputColumn::name)
        .filter(
            name -> {
              Column column = table.column(name);
              return column instanceof NumericColumn number && Double.isNaN(number.values()[row]);
            })
        .toList();
  }

  /**
   * The texts that the model's own encoders do not know, where they can be found in the graph; such
   * rows are answered all the same unless {@link OnnxOptions#strict}.
   *
   * @param table the rows
   * @throws org.evenhand.core.CoreException if a column is missing or of the wrong kind
   */
  public List<UnknownCategories> unknownCategories(Table table) {
    inputs.requireIn(table);
    return categories.unknownIn(table);
  }

  @Override
  public List<String> warnings(Table table) {
    inputs.requireIn(table);
    List<String> warnings = new ArrayList<>(unknownTexts(table).toList());
    if (dependsOnBatch()) {
      warnings.add(
          "the model quantises by the range of all rows that it is asked about together, so that its answers depend on the batch; here it is asked about one row at a time.");
    }
    List<String> columns = inputs.inputs().get(0).columns();
    if (isByTribuo() && !columns.equals(columns.stream().sorted().toList())) {
      warnings.add(
          "Tribuo orders a model's features by name and does not write the names into the file, but the columns are given in another order: %s."
              .formatted(String.join(", ", columns)));
    }
    return warnings;
  }

  @Override
  public Provenance.Artefact artefact() {
    return Artefacts.of("model", path);
  }

  private void refuseUnknownTexts(Table table) {
    unknownTexts(table)
        .findFirst()
        .ifPresent(
            message -> {
              throw new OnnxException(
                  message + " Correct them, or do not be strict about them.", Setting.STRICT);
            });
  }

  private Stream<String> unknownTexts(Table table) {
    return Stream.concat(
        categories.unknownIn(table).stream().map(UnknownCategories::message),
        ChangedTexts.in(table, inputs).stream().map(ChangedTexts::message));
  }

  /** Made-up rows that the model can answer. */
  Table probeRows() {
    return Probe.rows(inputs, categories);
  }

  OnnxOptions options() {
    return options;
  }

  ModelProto model() {
    return model;
  }

  Graph graph() {
    return graph;
  }

  ModelInputs modelInputs() {
    return inputs;
  }

  ModelOutputs modelOutputs() {
    return outputs;
  }

  @Override
  public void close() {
    session.close();
  }
}

package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.Column;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.ServedModel;
import org.evenhand.core.Table;

/**
 * Writes a correction as an ONNX model of its own that is run after a served one, as a step of a
 * Triton ensemble or of a workflow.
 *
 * <p>The step takes the served model's scores under {@code model_} and the output's name, with
 * their datatype and shape, and those of its inputs that the correction reads, under their own
 * names. It gives {@code probabilities} ({@code float [N,K]}, corrected), {@code label} ({@code
 * [N,1]}, {@code int64} where all classes are called by whole numbers, else {@code string}) and
 * {@code flipped} ({@code bool [N,1]}: whether the decision changed). Two dimensions, because
 * Triton knows no rows of none.
 */
public final class StepExporter {
  /** What is put before the name of a served output. */
  private static final String SERVED = "model_";

  private static final String PROBABILITIES = "probabilities";
  private static final String LABEL = "label";
  private static final String FLIPPED = "flipped";

  private final ServedModel served;
  private final ModelInputs inputs;

  private StepExporter(ServedModel served, Correction correction) {
    this.served = served;
    this.inputs = inputs(served, correction);
  }

  /**
   * Writes a step.
   *
   * @param served the model before it
   * @param correction of its answers; its patches are {@link PatchNetwork}s over its inputs
   * @param rule how label and flag are decided
   * @param metadata properties written into the file
   * @param target the file; written whole or not at all
   * @throws OnnxException if an input has a datatype that ONNX does not have or a name that an
   *     output of the step has, or the target cannot be written
   */
  public static void export(
      ServedModel served,
      Correction correction,
      DecisionRule rule,
      Map<String, String> metadata,
      Path target) {
    GraphProto.Builder graph = new StepExporter(served, correction).graph(correction, rule);
    ModelFile.write(target, NetworkExporter.model(graph, metadata));
  }

  /**
   * Asks a written step what it makes of answers.
   *
   * @param step the file
   * @param served the model before it
   * @param correction that the step holds
   * @param rows with the served model's columns
   * @param answers that the served model gave to them
   * @return what the step gives, with its labels
   * @throws OnnxException if the step cannot be run
   */
  public static Answers.Soft ask(
      Path step, ServedModel served, Correction correction, Table rows, Answers.Soft answers) {
    return new StepExporter(served, correction).ask(step, rows, answers);
  }

  private static ModelInputs inputs(ServedModel served, Correction correction) {
    Set<String> read =
        correction.patches().stream().flatMap(StepExporter::columns).collect(Collectors.toSet());
    return new ModelInputs(
        served.inputs().stream()
            .filter(input -> input.columns().stream().anyMatch(read::contains))
            .map(StepExporter::input)
            .toList(),
        Set.of());
  }

  private static Stream<String> columns(Patch patch) {
    if (patch instanceof PatchNetwork network) {
      return network.encoder().features().stream().map(FeatureEncoder::column);
    }
    throw new OnnxException(
        "A step after a served model corrects tables only, but the patch is a %s."
            .formatted(patch.getClass().getSimpleName()));
  }

  private static GraphInput input(ServedModel.Input input) {
    List<Integer> dimensions =
        input.rank() == 1
            ? List.of(InputColumn.OPEN)
            : List.of(InputColumn.OPEN, input.columns().size());
    return new GraphInput(
        input.name(), type(input.name(), input.datatype()), dimensions, input.columns());
  }

  private static ElementType type(String name, String datatype) {
    return switch (datatype) {
      case "FP32" -> ElementType.FLOAT;
      case "FP64" -> ElementType.DOUBLE;
      case "FP16" -> ElementType.FLOAT16;
      case "BYTES" -> ElementType.STRING;
      case "BOOL" -> ElementType.BOOL;
      case "INT64" -> ElementType.INT64;
      case "INT32" -> ElementType.INT32;
      case "INT16" -> ElementType.INT16;
      case "INT8" -> ElementType.INT8;
      case "UINT64" -> ElementType.UINT64;
      case "UINT32" -> ElementType.UINT32;
      case "UINT16" -> ElementType.UINT16;
      case "UINT8" -> ElementType.UINT8;
      default ->
          throw new OnnxException(
              "'%s' has datatype %s, which a step in ONNX cannot take.".formatted(name, datatype));
    };
  }

  private GraphProto.Builder graph(Correction correction, DecisionRule rule) {
    ScoreOutput score = served.scores();
    List<ValueInfoProto> declared = new ArrayList<>();
    for (String name : scoreInputs()) {
      declared.add(scoreInput(name));
    }
    for (GraphInput input : inputs.inputs()) {
      declared.add(
          input.rank() == 1
              ? GraphBuilder.tensor(input.name(), input.type(), "N")
              : GraphBuilder.tensor(input.name(), input.type(), "N", input.columns().size()));
    }
    GraphProto.Builder graph =
        NetworkExporter.graph(declared, List.of(PROBABILITIES, LABEL, FLIPPED));
    graph.addOutput(GraphBuilder.tensor(PROBABILITIES, ElementType.FLOAT, "N", classes()));
    graph.addOutput(
        GraphBuilder.tensor(LABEL, numbered() ? ElementType.INT64 : ElementType.STRING, "N", 1));
    graph.addOutput(GraphBuilder.tensor(FLIPPED, ElementType.BOOL, "N", 1));
    GraphBuilder builder = new GraphBuilder(graph, new GraphNames(graph.build()));
    ScoreEmitter scores = new ScoreEmitter(builder);
    DecisionEmitter decisions = new DecisionEmitter(builder);
    String original =
        scores.logProbabilities(score, scores.matrix(score, scoreInputs(), classes()));
    String shift =
        correction.shift(new GraphFormula(builder, new DeployedColumns(builder, inputs), original));
    String corrected = decisions.corrected(original, shift);
    String probabilities = builder.node("Exp", "correction/probabilities", List.of(corrected));
    builder.addNamed(
        "",
        "Cast",
        PROBABILITIES,
        List.of(probabilities),
        GraphBuilder.attribute("to", ElementType.FLOAT.code()));
    String decision = decisions.decision(rule, corrected);
    builder.addNamed(
        "", "Gather", LABEL, List.of(labels(builder), builder.reshape(decision, -1, 1)));
    String same =
        builder.node(
            "Equal", "decision/same", List.of(decisions.decision(rule, original), decision));
    builder.addNamed("", "Not", FLIPPED, List.of(builder.reshape(same, -1, 1)));
    return graph;
  }

  private List<String> scoreInputs() {
    return served.scores().outputs().stream().map(output -> SERVED + output).toList();
  }

  private ValueInfoProto scoreInput(String name) {
    ElementType type = type(name, served.datatype());
    ScoreOutput score = served.scores();
    if (score.layout() == Layout.MATRIX) {
      return GraphBuilder.tensor(name, type, "N", classes());
    }
    return score.rank() == 1
        ? GraphBuilder.tensor(name, type, "N")
        : GraphBuilder.tensor(name, type, "N", 1);
  }

  private int classes() {
    return served.classes().size();
  }

  private boolean numbered() {
    return served.classes().names().stream().allMatch(name -> name.matches("-?\\d{1,18}"));
  }

  private String labels(GraphBuilder graph) {
    List<String> names = served.classes().names();
    return numbered()
        ? graph.constant("decision/labels", names.stream().mapToLong(Long::parseLong).toArray())
        : graph.constant("decision/labels", names);
  }

  private Answers.Soft ask(Path step, Table rows, Answers.Soft answers) {
    Map<String, List<String>> columnsOf = new LinkedHashMap<>();
    List<Column> columns = new ArrayList<>();
    double[] scores = scores(answers);
    int width = served.scores().layout() == Layout.SINGLE ? 1 : classes();
    for (int k = 0; k < width; k++) {
      int column = k;
      String name = SERVED + "scores/" + k;
      columns.add(
          new NumericColumn(
              name,
              IntStream.range(0, answers.rows())
                  .mapToDouble(row -> scores[row * width + column])
                  .toArray()));
      String input = scoreInputs().size() == 1 ? scoreInputs().get(0) : scoreInputs().get(k);
      columnsOf.computeIfAbsent(input, of -> new ArrayList<>()).add(name);
    }
    for (GraphInput input : inputs.inputs()) {
      columnsOf.put(input.name(), input.columns());
      input.columns().forEach(column -> columns.add(rows.column(column)));
    }
    ModelInputs asked =
        new ModelInputs(
            columnsOf.entrySet().stream()
                .map(
                    entry ->
                        GraphInput.of(declared(step, entry.getKey())).withColumns(entry.getValue()))
                .toList(),
            Set.of());
    try (OnnxSession session = OnnxSession.open(step, asked, OnnxOptions.defaults())) {
      Map<String, OutputValues> answered =
          session.run(Table.of(columns), Set.of(PROBABILITIES, LABEL));
      double[] probabilities =
          Scores.matrix(
              new ScoreOutput(PROBABILITIES, Layout.MATRIX, ScoreScale.PROBABILITIES, 2),
              answered,
              served.classes().names());
      LabelOutput label =
          new LabelOutput(
              LABEL,
              numbered() ? ElementType.INT64 : ElementType.STRING,
              2,
              served.classes().names());
      return Answers.Soft.ofProbabilities(served.classes(), probabilities, Answers.FLOAT_FLOOR)
          .withLabels(label.codes(Objects.requireNonNull(answered.get(LABEL))));
    }
  }

  private ValueInfoProto declared(Path step, String name) {
    return ModelFile.read(step).getGraph().getInputList().stream()
        .filter(input -> input.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the served model must have answered, up to a constant per row of logits. */
  private double[] scores(Answers.Soft answers) {
    double[] logs = answers.logProbabilities();
    boolean logits = served.scores().scale().isLogits();
    // Of a mirrored logit, half the difference counts.
    double unit = served.scores().scale() == ScoreScale.MIRRORED ? 2 : 1;
    if (served.scores().layout() != Layout.SINGLE) {
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
}

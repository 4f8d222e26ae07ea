package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Classes;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.ServedModel;

/**
 * Writes a correction as an ONNX model of its own that is run after another model: after a served
 * one as a step of a Triton ensemble or of a workflow, after one in Java by {@link CorrectionStep}.
 *
 * <p>The step takes the served model's scores under {@code model_} and the output's name, with
 * their datatype and shape, and those of its inputs that the correction reads, under their own
 * names. It gives {@code probabilities} ({@code float [N,K]}, corrected), {@code label} ({@code
 * [N,1]}, {@code int64} where all classes are called by whole numbers, else {@code string}) and
 * {@code flipped} ({@code bool [N,1]}: whether the decision changed). Two dimensions, because
 * Triton knows no rows of none.
 *
 * <pre>{@code
 * Classes classes = Classes.of("no", "yes");
 * StepExporter.export(classes, proposal.removal(), DecisionRule.MOST_PROBABLE, Map.of(), file);
 * }</pre>
 */
public final class StepExporter {
  /** What is put before the name of a served output. */
  static final String SERVED = "model_";

  /** What the scores are, in the metadata of a step: the name of a {@link ScoreScale}. */
  static final String SCORES_KEY = "evenhand.step.scores";

  /** Before the name of an input: its columns in order, one a line. */
  static final String COLUMNS_KEY = "evenhand.step.columns.";

  static final String PROBABILITIES = "probabilities";
  static final String LABEL = "label";
  private static final String FLIPPED = "flipped";

  private final ServedModel served;
  private final ModelInputs inputs;

  private StepExporter(ServedModel served, Correction correction) {
    this.served = served;
    this.inputs = inputs(served, correction);
  }

  /**
   * Writes a step after a model in Java, which gives it probabilities.
   *
   * @param classes of the model
   * @param correction of its answers; its patches are {@link PatchNetwork}s
   * @param rule how label and flag are decided
   * @param metadata properties written into the file
   * @param target the file; written whole or not at all
   * @throws OnnxException if a column has a name that an output of the step has, or the target
   *     cannot be written
   */
  public static void export(
      Classes classes,
      Correction correction,
      DecisionRule rule,
      Map<String, String> metadata,
      Path target) {
    ServedModel served =
        new ServedModel(
            features(correction).map(StepExporter::input).distinct().toList(),
            new ScoreOutput(PROBABILITIES, Layout.MATRIX, ScoreScale.PROBABILITIES, 2),
            "FP64",
            classes);
    export(served, correction, rule, metadata, target);
  }

  private static ServedModel.Input input(FeatureEncoder feature) {
    boolean text = feature instanceof FeatureEncoder.OneHot;
    return new ServedModel.Input(
        feature.column(), text ? "BYTES" : "FP32", 2, List.of(feature.column()));
  }

  /**
   * Writes a step after a served model.
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
    StepExporter step = new StepExporter(served, correction);
    GraphProto.Builder graph = step.graph(correction, rule);
    ModelFile.write(target, NetworkExporter.model(graph, step.described(metadata)));
  }

  /** The metadata with what {@link CorrectionStep} must know. */
  private Map<String, String> described(Map<String, String> metadata) {
    Map<String, String> described = new HashMap<>(metadata);
    described.put(ClassLabels.KEY, ClassLabels.written(served.classes()));
    described.put(SCORES_KEY, served.scores().scale().name());
    for (GraphInput input : inputs.inputs()) {
      described.put(COLUMNS_KEY + input.name(), String.join("\n", input.columns()));
    }
    return described;
  }

  private static ModelInputs inputs(ServedModel served, Correction correction) {
    Set<String> read = features(correction).map(FeatureEncoder::column).collect(Collectors.toSet());
    List<ServedModel.Input> given =
        served.inputs().stream()
            .filter(input -> input.columns().stream().anyMatch(read::contains))
            .toList();
    Stream<ServedModel.Input> further =
        features(correction)
            .filter(
                feature ->
                    correction.furtherInputs().stream()
                        .anyMatch(column -> column.name().equals(feature.column())))
            .filter(
                feature ->
                    given.stream().noneMatch(input -> input.columns().contains(feature.column())))
            .map(StepExporter::input)
            .distinct();
    return new ModelInputs(
        Stream.concat(given.stream(), further).map(StepExporter::input).toList(), Set.of());
  }

  /** What the correction reads of a row. */
  private static Stream<FeatureEncoder> features(Correction correction) {
    return correction.patches().stream().flatMap(StepExporter::features);
  }

  private static Stream<FeatureEncoder> features(Patch patch) {
    if (patch instanceof PatchNetwork network) {
      return network.encoder().features().stream();
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
        correction.shift(
            new GraphFormula(builder, DeployedColumns.without(builder, inputs), original));
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
}

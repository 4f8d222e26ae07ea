package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;

/**
 * Writes the deployed model and a correction of its answers as one ONNX model.
 *
 * <p>The fused model has the deployed model's inputs and outputs, with the same names, types and
 * shapes in the same order; after them comes an input for every column that the correction needs
 * and the deployed model does not read. Scores and label are corrected: log p(y|x) plus the
 * correction's shift, normalised, and the decision rule applied to that. Two outputs are added: the
 * deployed model's own probabilities and a flag for rows whose decision changed ({@link
 * FusedOutputs}). Independent sigmoids become a distribution. Outputs that are not the classifier's
 * answer stay as they are, and so do the properties in the file. A patch of images computes with
 * 32-bit numbers up to its logits; all else that is added computes with 64-bit ones.
 *
 * <pre>{@code
 * try (OnnxClassifier deployed = OnnxClassifier.open(Path.of("model.onnx"))) {
 *   FusedExporter.export(
 *       deployed, correction, DecisionRule.MOST_PROBABLE, Map.of(), Path.of("fused.onnx"));
 * }
 * }</pre>
 */
public final class FusedExporter {
  static final String ORIGINAL_KEY = "evenhand.original_probabilities";
  static final String FLIPPED_KEY = "evenhand.flipped";

  private final OnnxClassifier deployed;
  private final ModelOutputs outputs;
  private final GraphNames names;
  private final TensorRenaming deployedNames;
  private final GraphProto.Builder fused;
  private final GraphBuilder graph;
  private final ScoreEmitter scores;
  private final String batch;
  private final Map<List<Activation>, String> summaries = new HashMap<>();

  private FusedExporter(OnnxClassifier deployed) {
    this.deployed = deployed;
    this.outputs = deployed.modelOutputs();
    GraphProto original = ExternalWeights.inside(deployed.model(), deployed.path()).getGraph();
    this.names = new GraphNames(original);
    this.deployedNames = new TensorRenaming(setAside());
    this.fused = deployedNames.applyTo(original).toBuilder();
    this.graph = new GraphBuilder(fused, names);
    this.scores = new ScoreEmitter(graph);
    this.batch = batchName(original);
  }

  /** The deployed outputs that get corrected keep living under other names. */
  private Map<String, String> setAside() {
    Map<String, String> renamed = new LinkedHashMap<>();
    outputs
        .scores()
        .forEach(
            score ->
                score
                    .outputs()
                    .forEach(output -> renamed.put(output, names.fresh("deployed/" + output))));
    outputs
        .label()
        .ifPresent(label -> renamed.put(label.name(), names.fresh("deployed/" + label.name())));
    return renamed;
  }

  private static String batchName(GraphProto graph) {
    var shape = graph.getOutput(0).getType().getTensorType().getShape();
    String declared = shape.getDimCount() == 0 ? "" : shape.getDim(0).getDimParam();
    return declared.isEmpty() ? "N" : declared;
  }

  /**
   * Writes a fused model.
   *
   * @param deployed the deployed model, as it was opened and asked; its file is not touched
   * @param correction of the answers; its patches are {@link org.evenhand.core.PatchNetwork}s or
   *     {@link ImagePatch}es over the deployed model's own inputs, or {@link FeaturePatch}es over
   *     its activations
   * @param rule how label and flag are decided
   * @param metadata properties written into the file: what was done, when, from what
   * @param target the file; written whole or not at all, and never over the deployed model
   * @return the names of the added outputs
   * @throws OnnxException if the deployed model only names classes, is too old, has lost weights
   *     that it keeps in other files, or does not take the patch's columns, or if the target cannot
   *     be written
   */
  public static FusedOutputs export(
      OnnxClassifier deployed,
      Correction correction,
      DecisionRule rule,
      Map<String, String> metadata,
      Path target) {
    requireFusable(deployed, correction, rule);
    ModelFile.requireOtherFile(deployed.path(), target, "fused");
    FusedExporter exporter = new FusedExporter(deployed);
    FusedOutputs added = exporter.fuse(correction, rule);
    ModelFile.write(target, exporter.model(metadata, added));
    return added;
  }

  private static void requireFusable(
      OnnxClassifier deployed, Correction correction, DecisionRule rule) {
    if (!deployed.hasScores()) {
      throw new OnnxException(
          "The model '%s' only names classes; only probabilities or logits can be corrected."
              .formatted(deployed.path()));
    }
    int classes = deployed.classes().size();
    if (correction.classes() != classes) {
      throw new OnnxException(
          "The correction is of %d classes, but the model '%s' has %d."
              .formatted(correction.classes(), deployed.path(), classes));
    }
    if (rule.threshold().isPresent() && classes != 2) {
      throw new OnnxException(
          "A threshold applies to two classes, but the model '%s' decides between %d."
              .formatted(deployed.path(), classes));
    }
    // A model of tree or linear operators alone need not import the standard domain.
    long opset = ModelFile.opset(deployed.model()).orElse(GraphBuilder.OLDEST_OPSET);
    if (opset < GraphBuilder.OLDEST_OPSET) {
      throw new OnnxException(
          "The model '%s' uses operator set %d; fusing needs %d or newer, so export it again."
              .formatted(deployed.path(), opset, GraphBuilder.OLDEST_OPSET));
    }
  }

  private FusedOutputs fuse(Correction correction, DecisionRule rule) {
    FusedOutputs added =
        new FusedOutputs(names.fresh("original_probabilities"), names.fresh("flipped"));
    ScoreOutput source = outputs.source().orElseThrow();
    DecisionEmitter decisions = new DecisionEmitter(graph);
    String original = scores.logProbabilities(source, matrix(source));
    addOriginalProbabilities(added.originalProbabilities(), original);
    String shift =
        correction.shift(
            new GraphFormula(
                graph,
                new DeployedColumns(graph, inputs(correction.furtherInputs()), this::features),
                original));
    String corrected = decisions.corrected(original, shift);
    for (ScoreOutput score : outputs.scores()) {
      addCorrected(score, corrected, shift);
    }
    String decision = decisions.decision(rule, corrected);
    outputs.label().ifPresent(label -> addLabel(label, decision));
    addFlipped(added.flipped(), decisions.decision(rule, original), decision);
    return added;
  }

  /** The summary of this very model's activations, which all patches share. */
  private String features(NetworkFeatures features) {
    if (!features.areOf(deployed)) {
      throw new OnnxException(
          "The patch reads the activations of another model than '%s'; train it on those of this one."
              .formatted(deployed.path()));
    }
    return summaries.computeIfAbsent(
        features.activations(),
        activations -> new ActivationEmitter(graph, deployedNames::of).features(activations));
  }

  /** The deployed model's inputs, and one more for each column that the correction needs. */
  private ModelInputs inputs(List<InputColumn> further) {
    List<GraphInput> inputs = new ArrayList<>(deployed.modelInputs().inputs());
    for (InputColumn column : further) {
      if (inputs.stream().noneMatch(input -> input.columns().contains(column.name()))) {
        if (!names.fresh(column.name()).equals(column.name())) {
          throw new OnnxException(
              "The correction needs an input '%s', but something else in the model '%s' bears that name; rename the column."
                  .formatted(column.name(), deployed.path()));
        }
        ElementType type =
            column.kind() == InputColumn.Kind.TEXT ? ElementType.STRING : ElementType.FLOAT;
        ValueInfoProto declared = GraphBuilder.tensor(column.name(), type, batch, 1);
        fused.addInput(declared);
        inputs.add(GraphInput.of(declared));
      }
    }
    return new ModelInputs(List.copyOf(inputs), deployed.modelInputs().idle());
  }

  /** The tensors that hold the deployed scores: maps are made from one. */
  private List<String> tensors(ScoreOutput score) {
    return score.layout() == Layout.MAPS
        ? List.of(deployedNames.of(producer(score).getInput(0)))
        : score.outputs().stream().map(deployedNames::of).toList();
  }

  private String matrix(ScoreOutput score) {
    return scores.matrix(score, tensors(score), outputs.classes().size());
  }

  private NodeProto producer(ScoreOutput score) {
    NodeProto producer = deployed.graph().producer(score.name()).orElseThrow();
    if (score.layout() == Layout.MAPS && !producer.getOpType().equals("ZipMap")) {
      throw new OnnxException(
          "The maps in the model's output '%s' come from a %s; only those of a ZipMap can be corrected."
              .formatted(score.name(), producer.getOpType()));
    }
    return producer;
  }

  private ElementType type(ScoreOutput score) {
    return score.layout() == Layout.MAPS ? ElementType.FLOAT : deployed.outputType(score.name());
  }

  private void addOriginalProbabilities(String name, String original) {
    ScoreOutput score =
        outputs.scores().stream()
            .filter(candidate -> !candidate.scale().isLogits())
            .findFirst()
            .orElse(outputs.source().orElseThrow());
    boolean asDeclared = score.rank() <= 2 && score.layout() != Layout.COLUMNS;
    boolean plain = asDeclared && score.layout() != Layout.REVERSED;
    List<String> tensor = List.of(plain ? tensors(score).get(0) : matrix(score));
    if (score.scale() == ScoreScale.MIRRORED
        || score.layout() == Layout.BESIDE
        || type(score) == ElementType.BFLOAT16) {
      String read = graph.node("Exp", "deployed/probabilities", List.of(original));
      ElementType type = probabilityType(score);
      graph.addNamed("", "Cast", name, List.of(read), attribute("to", type.code()));
    } else if (score.scale() != ScoreScale.LOGITS) {
      graph.addNamed("", "Identity", name, tensor);
    } else if (score.layout() == Layout.SINGLE) {
      graph.addNamed("", "Sigmoid", name, tensor);
    } else {
      graph.addNamed("", "Softmax", name, tensor, attribute("axis", 1));
    }
    fused.addOutput(declared(name, score));
  }

  /** That of the scores, unless probabilities would not sum to one in it. */
  private ElementType probabilityType(ScoreOutput score) {
    return type(score) == ElementType.BFLOAT16 ? ElementType.FLOAT : type(score);
  }

  private ValueInfoProto declared(String name, ScoreOutput score) {
    return score.layout() == Layout.SINGLE
        ? score.rank() == 1
            ? GraphBuilder.tensor(name, probabilityType(score), batch)
            : GraphBuilder.tensor(name, probabilityType(score), batch, 1)
        : GraphBuilder.tensor(name, probabilityType(score), batch, outputs.classes().size());
  }

  private void addCorrected(ScoreOutput score, String logProbabilities, String shift) {
    String corrected =
        score.scale().isLogits()
            ? scores.correctedLogits(score, matrix(score), shift)
            : scores.correctedProbabilities(score, logProbabilities);
    scores.output(score, tensors(score), type(score), producer(score), corrected);
  }

  private void addLabel(LabelOutput label, String decision) {
    String named = named(label, decision);
    String shaped = label.rank() == 2 ? graph.reshape(named, -1, 1) : named;
    ElementType type = deployed.outputType(label.name());
    if (type == ElementType.INT64 || type == ElementType.STRING) {
      graph.addNamed("", "Identity", label.name(), List.of(shaped));
    } else {
      graph.addNamed("", "Cast", label.name(), List.of(shaped), attribute("to", type.code()));
    }
  }

  private String named(LabelOutput label, String decision) {
    if (label.numbersClasses()) {
      return decision;
    }
    String values =
        label.type() == ElementType.STRING
            ? graph.constant("decision/labels", label.values())
            : graph.constant(
                "decision/labels", label.values().stream().mapToLong(Long::parseLong).toArray());
    return graph.node("Gather", "decision/label", List.of(values, decision));
  }

  private void addFlipped(String name, String before, String after) {
    String same = graph.node("Equal", "decision/same", List.of(before, after));
    graph.addNamed("", "Not", name, List.of(same));
    fused.addOutput(GraphBuilder.tensor(name, ElementType.BOOL, batch));
  }

  private ModelProto model(Map<String, String> metadata, FusedOutputs added) {
    ModelProto.Builder model = deployed.model().toBuilder().setGraph(fused);
    ModelFile.requireDomain(model, "", GraphBuilder.OLDEST_OPSET);
    ModelFile.requireDomain(model, GraphBuilder.ML_DOMAIN, 1);
    Map<String, String> properties = new LinkedHashMap<>(metadata);
    FusedScores.metadata(outputs.scores())
        .forEach(
            (key, names) -> {
              if (!names.isEmpty()) {
                properties.put(key, names);
              }
            });
    properties.put(ORIGINAL_KEY, added.originalProbabilities());
    properties.put(FLIPPED_KEY, added.flipped());
    ModelFile.setMetadata(model, properties);
    return model.build();
  }
}

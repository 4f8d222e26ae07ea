package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;

/**
 * A deployed model in an ONNX file, split at its last dense layer.
 *
 * <p>The head is found behind the scores that {@link OnnxClassifier} reads: a Gemm, a MatMul with
 * or without an Add, or a LinearClassifier, under a softmax, a log-softmax or one sigmoid. Its
 * numbers must be stored in 16, 32 or 64 bits, and nothing else may read them. Constants that scale
 * the layer's outputs are seen through. What is found is not believed: on every batch of rows the
 * head's answers are compared with the model's own.
 *
 * <pre>{@code
 * try (OnnxHeadedClassifier model = OnnxHeadedClassifier.open(Path.of("model.onnx"))) {
 *   double[] features = model.features(people);
 *   Head edited = model.head().with(better(model.head(), features));
 *   RepairedExporter.export(model, edited, Path.of("repaired.onnx"));
 * }
 * }</pre>
 */
public final class OnnxHeadedClassifier implements HeadedClassifier {
  private final OnnxClassifier classifier;
  private final Provenance.Artefact artefact;
  private final Graph graph;
  private final GraphHead graphHead;
  private final Head head;
  private final HeadSession session;

  private OnnxHeadedClassifier(OnnxClassifier classifier, int headLayers) {
    Path path = classifier.path();
    NoHead noHead = new NoHead(path);
    requireSplittable(classifier, noHead);
    this.classifier = classifier;
    this.artefact = Artefacts.of("model", path);
    ModelProto whole = ExternalWeights.inside(classifier.model(), path);
    this.graph = new Graph(whole.getGraph());
    byte[] file = file();
    this.graphHead =
        new HeadFinder(graph, file, noHead)
            .find(classifier.modelOutputs().source().orElseThrow(), classes().size());
    requireLayers(headLayers);
    requireOneWay(noHead);
    this.head = graphHead.read(classes(), file);
    this.session = HeadSession.open(classifier, whole, graphHead, head, noHead);
  }

  /** The file's bytes; with its weights, where it keeps them in others. */
  private byte[] file() {
    ModelProto model = classifier.model();
    return ModelFile.keepsWeightsElsewhere(model)
        ? ExternalWeights.inside(model, path()).toByteArray()
        : ModelFile.bytes(path());
  }

  private static void requireSplittable(OnnxClassifier classifier, NoHead noHead) {
    ModelProto model = classifier.model();
    if (!classifier.hasScores()) {
      throw noHead.because(
          "it only names classes; export it again with its probabilities or logits");
    }
    if (classifier.fusedOutputs().isPresent()) {
      throw noHead.because("erase has corrected its answers; unlearn from the deployed model");
    }
    long opset = ModelFile.opset(model).orElse(GraphBuilder.OLDEST_OPSET);
    if (opset < GraphBuilder.OLDEST_OPSET) {
      throw noHead.because(
          "it uses operator set %d, and %d or newer is needed; export it again"
              .formatted(opset, GraphBuilder.OLDEST_OPSET));
    }
  }

  private void requireLayers(int headLayers) {
    if (headLayers < 1) {
      throw new OnnxException(
          "The head is asked for with %d layers; it must have at least 1.".formatted(headLayers),
          Setting.HEAD_LAYERS);
    }
    int layers = 1 + new DenseDepth(graph).behind(graphHead.features());
    if (headLayers > layers) {
      throw new OnnxException(
          "The head is asked for with %d layers, but the model '%s' ends in %d dense layer%s."
              .formatted(headLayers, classifier.path(), layers, layers == 1 ? "" : "s"),
          Setting.HEAD_LAYERS);
    }
    if (headLayers > 1) {
      throw new OnnxException(
          "The head is asked for with %d layers, but only the last layer can be edited yet; ask for 1."
              .formatted(headLayers),
          Setting.HEAD_LAYERS);
    }
  }

  /** An answer that went another way too would not follow the edited head. */
  private void requireOneWay(NoHead noHead) {
    ModelOutputs outputs = classifier.modelOutputs();
    Stream.concat(
            outputs.scores().stream().flatMap(score -> score.outputs().stream()),
            outputs.label().map(LabelOutput::name).stream())
        .filter(output -> !graph.dependsOnlyOn(graphHead.node(), output))
        .findFirst()
        .ifPresent(
            output -> {
              throw noHead.because(
                  "its output '%s' is not computed from %s alone, and would not follow it; %s"
                      .formatted(output, NoHead.named(graphHead.node()), NoHead.ERASE));
            });
  }

  /**
   * Opens a model with the default options, to edit its last layer.
   *
   * @param path an ONNX file
   * @throws OnnxException if the file is missing, broken or not a classifier, or has no head that
   *     can be edited; the message says why
   */
  public static OnnxHeadedClassifier open(Path path) {
    return open(path, OnnxOptions.defaults(), 1);
  }

  /**
   * Opens a model to edit its last layer.
   *
   * @param path an ONNX file
   * @param options how it is opened and asked
   * @throws OnnxException as {@link #open(Path)}, or if the options do not fit the model
   */
  public static OnnxHeadedClassifier open(Path path, OnnxOptions options) {
    return open(path, options, 1);
  }

  /**
   * Opens a model to edit its last layers.
   *
   * @param path an ONNX file
   * @param options how it is opened and asked
   * @param headLayers how many dense layers at the end may change; only 1 so far
   * @throws OnnxException as {@link #open(Path)}, or if the options do not fit the model, or it
   *     does not end in that many dense layers
   */
  public static OnnxHeadedClassifier open(Path path, OnnxOptions options, int headLayers) {
    OnnxClassifier classifier = OnnxClassifier.open(path, options);
    try {
      return new OnnxHeadedClassifier(classifier, headLayers);
    } catch (RuntimeException e) {
      classifier.close();
      throw e;
    }
  }

  /** The same model as a black box. */
  OnnxClassifier classifier() {
    return classifier;
  }

  /** The file. */
  public Path path() {
    return classifier.path();
  }

  @Override
  public Head head() {
    return head;
  }

  /** Where in the file the head's numbers lie: weights, then bias. */
  public List<HeadTensor> headTensors() {
    return graphHead.headTensors();
  }

  /**
   * What the head reads for every row.
   *
   * @param table has every column of {@link #inputs}, of the same kind; further ones are ignored
   * @return rows × {@code head().features()}, row-major
   * @throws org.evenhand.core.CoreException if a column is missing or of the wrong kind
   * @throws OnnxException as {@link OnnxClassifier#answer}; or if the head does not give a row the
   *     model's own answer, within a probability of 0.0001
   */
  @Override
  public double[] features(Table table) {
    classifier.requireAnswerable(table);
    return session.features(table);
  }

  /**
   * The file's bytes with another layer as its head; weights that it keeps in other files are
   * inside then.
   *
   * @throws OnnxException if the file is not the one that was opened
   */
  byte[] fileWith(DenseLayer edited) {
    if (!Artefacts.of("model", path()).equals(artefact)) {
      throw new OnnxException(
          "The model '%s' has changed since it was opened; open it again.".formatted(path()));
    }
    byte[] file = file();
    graphHead.write(file, edited);
    return file;
  }

  @Override
  public List<InputColumn> inputs() {
    return classifier.inputs();
  }

  @Override
  public Classes classes() {
    return classifier.classes();
  }

  @Override
  public Answers.Soft answer(Table table) {
    return (Answers.Soft) classifier.answer(table);
  }

  /** Which output is read, as what, and which layer is the head. */
  @Override
  public String describe() {
    return "%s Its head is %s.".formatted(classifier.describe(), graphHead.describe());
  }

  @Override
  public List<String> headTensorNames() {
    return headTensors().stream().map(HeadTensor::name).toList();
  }

  /** The head's layer in the file's own words, with its shape. */
  @Override
  public String describeHead() {
    return graphHead.describe();
  }

  @Override
  public List<String> warnings(Table table) {
    return classifier.warnings(table);
  }

  @Override
  public Provenance.Artefact artefact() {
    return artefact;
  }

  @Override
  public void close() {
    session.close();
    classifier.close();
  }
}

package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;

/**
 * A deployed model in an ONNX file, split at its last dense layer.
 *
 * <p>The head is found behind the scores that {@link OnnxClassifier} reads: a Gemm, a MatMul with
 * or without an Add, or a LinearClassifier, under a softmax, a log-softmax or one sigmoid. Its
 * numbers must be stored in the file in 32 or 64 bits, and nothing else may read them. What is
 * found is not believed: on every batch of rows the head's answers are compared with the model's
 * own.
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
  /** The head in 64 bits and the model in 32 answer the same within this probability. */
  private static final double TOLERANCE = 1e-4;

  private final OnnxClassifier classifier;
  private final ScoreOutput scores;
  private final Provenance.Artefact artefact;
  private final GraphHead graphHead;
  private final Head head;
  private final String tap;
  private final OnnxSession session;

  private OnnxHeadedClassifier(OnnxClassifier classifier, int headLayers) {
    Path path = classifier.path();
    NoHead noHead = new NoHead(path);
    requireSplittable(classifier, noHead);
    this.classifier = classifier;
    this.scores = classifier.modelOutputs().source().orElseThrow();
    this.artefact = Artefacts.of("model", path);
    byte[] file = ModelFile.bytes(path);
    this.graphHead =
        new HeadFinder(classifier.graph(), file, noHead).find(scores, classifier.classes().size());
    requireLayers(headLayers);
    this.head = graphHead.read(classifier.classes(), file);
    FeatureTap tapped = FeatureTap.of(classifier.model(), graphHead);
    this.tap = tapped.output();
    this.session =
        OnnxSession.open(
            path, tapped.model().toByteArray(), classifier.modelInputs(), classifier.options());
    try {
      Table probe = classifier.probeRows();
      Map<String, OutputValues> answered = run(probe);
      requireSameAnswers(features(answered), scoresOf(answered));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
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
    if (ModelFile.keepsWeightsElsewhere(model)) {
      throw noHead.because("it keeps weights in other files; save it as one file");
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
      throw new OnnxException("--head-layers is %d; it must be at least 1.".formatted(headLayers));
    }
    int layers = 1 + new DenseDepth(classifier.graph()).behind(graphHead.features());
    if (headLayers > layers) {
      throw new OnnxException(
          "--head-layers is %d, but the model '%s' ends in %d dense layer%s."
              .formatted(headLayers, classifier.path(), layers, layers == 1 ? "" : "s"));
    }
    if (headLayers > 1) {
      throw new OnnxException(
          "--head-layers is %d, but only the last layer can be edited yet; leave it out."
              .formatted(headLayers));
    }
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
    if (table.rows() == 0) {
      return new double[0];
    }
    Map<String, OutputValues> answered = run(table);
    double[] matrix = scoresOf(answered);
    classifier.requireFinite(matrix, table);
    double[] features = features(answered);
    requireSameAnswers(features, matrix);
    return features;
  }

  private Map<String, OutputValues> run(Table rows) {
    return session.run(rows, Set.of(tap, scores.name()));
  }

  private double[] features(Map<String, OutputValues> answered) {
    if (answered.get(tap) instanceof OutputValues.Numbers numbers
        && numbers.width() == head.features()) {
      return numbers.values();
    }
    throw noHead("what it reads is not one row of %d features a row".formatted(head.features()));
  }

  private double[] scoresOf(Map<String, OutputValues> answered) {
    OutputValues values = answered.get(scores.name());
    if (values == null) {
      throw noHead("it does not put out one answer a row");
    }
    return scores.matrix(values, classes().names());
  }

  private OnnxException noHead(String reason) {
    return new NoHead(path())
        .because(
            "%s was found, but %s; %s"
                .formatted(NoHead.named(graphHead.node()), reason, NoHead.ERASE));
  }

  /** Rows without an answer are passed over: made-up rows need not have one. */
  private void requireSameAnswers(double[] features, double[] matrix) {
    int d = head.features();
    int size = classes().size();
    for (int row = 0; row * size < matrix.length; row++) {
      double[] read = Arrays.copyOfRange(features, row * d, (row + 1) * d);
      double[] scored = Arrays.copyOfRange(matrix, row * size, (row + 1) * size);
      if (!Arrays.stream(read).allMatch(Double::isFinite)
          || !Arrays.stream(scored).allMatch(Double::isFinite)) {
        continue;
      }
      double[] claimed = head.answers(read).logProbabilities();
      double[] own = scores.answers(classes(), scored).logProbabilities();
      for (int k = 0; k < size; k++) {
        if (Math.abs(Math.exp(claimed[k]) - Math.exp(own[k])) > TOLERANCE) {
          throw noHead(
              "it gives row %d probability %.6f of class '%s' where the model answers %.6f"
                  .formatted(
                      row, Math.exp(claimed[k]), classes().names().get(k), Math.exp(own[k])));
        }
      }
    }
  }

  /**
   * The file's bytes with another layer as its head.
   *
   * @throws OnnxException if the file is not the one that was opened
   */
  byte[] fileWith(DenseLayer edited) {
    if (!Artefacts.of("model", path()).equals(artefact)) {
      throw new OnnxException(
          "The model '%s' has changed since it was opened; open it again.".formatted(path()));
    }
    byte[] file = ModelFile.bytes(path());
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

package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.Table;

/**
 * Asks a model what its head reads, together with its answers, and compares these with the head's.
 */
final class HeadSession implements AutoCloseable {
  /** The head in 64 bits and the model in 32 answer the same within this probability. */
  private static final double TOLERANCE = 1e-4;

  /** Logits of 16 bits, below 8, are rounded by up to 0.004, and so by 0.001 in probability. */
  private static final double TOLERANCE_OF_HALVES = 2e-3;

  private final OnnxClassifier classifier;
  private final ScoreOutput scores;
  private final Classes classes;
  private final GraphHead graphHead;
  private final Head head;
  private final NoHead noHead;
  private final String tap;
  private final OnnxSession session;

  private HeadSession(
      OnnxClassifier classifier, ModelProto whole, GraphHead graphHead, Head head, NoHead noHead) {
    this.classifier = classifier;
    this.scores = classifier.modelOutputs().source().orElseThrow();
    this.classes = classifier.classes();
    this.graphHead = graphHead;
    this.head = head;
    this.noHead = noHead;
    FeatureTap tapped = FeatureTap.of(whole, graphHead);
    this.tap = tapped.output();
    this.session =
        OnnxSession.inMemory(
            classifier.path(), tapped.model(), classifier.modelInputs(), classifier.options());
  }

  /** Opens a session once the head has given the model's answers to a few made-up rows. */
  static HeadSession open(
      OnnxClassifier classifier, ModelProto whole, GraphHead graphHead, Head head, NoHead noHead) {
    HeadSession session = new HeadSession(classifier, whole, graphHead, head, noHead);
    try {
      Map<String, OutputValues> answered = session.run(classifier.probeRows());
      session.requireSameAnswers(session.features(answered), session.matrix(answered));
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** rows × d. */
  double[] features(Table table) {
    if (table.rows() == 0) {
      return new double[0];
    }
    Map<String, OutputValues> answered = run(table);
    double[] matrix = matrix(answered);
    classifier.requireFinite(matrix, table);
    double[] features = features(answered);
    requireSameAnswers(features, matrix);
    return features;
  }

  private Map<String, OutputValues> run(Table rows) {
    return session.run(
        rows, Stream.concat(Stream.of(tap), scores.outputs().stream()).collect(Collectors.toSet()));
  }

  private double[] features(Map<String, OutputValues> answered) {
    if (answered.get(tap) instanceof OutputValues.Numbers numbers
        && numbers.width() == head.features()) {
      return numbers.values();
    }
    throw notTheHead("what it reads is not %d features a row".formatted(head.features()));
  }

  private double[] matrix(Map<String, OutputValues> answered) {
    return Scores.matrix(scores, answered, classes.names());
  }

  /** Rows without an answer are passed over: a model need not have one to made-up rows. */
  private void requireSameAnswers(double[] features, double[] matrix) {
    int d = head.features();
    int size = classes.size();
    for (int row = 0; row * size < matrix.length; row++) {
      double[] read = Arrays.copyOfRange(features, row * d, (row + 1) * d);
      double[] scored = Arrays.copyOfRange(matrix, row * size, (row + 1) * size);
      if (isFinite(read) && isFinite(scored)) {
        requireSameAnswer(
            row,
            head.answers(read).logProbabilities(),
            scores.scale().answers(classes, scored).logProbabilities());
      }
    }
  }

  private void requireSameAnswer(int row, double[] ofHead, double[] ofModel) {
    for (int k = 0; k < ofHead.length; k++) {
      double claimed = Math.exp(ofHead[k]);
      double answered = Math.exp(ofModel[k]);
      if (Math.abs(claimed - answered) > tolerance()) {
        throw notTheHead(
            String.format(
                Locale.ROOT,
                "it gives row %d probability %.6f of class '%s' where the model answers %.6f",
                row,
                claimed,
                classes.names().get(k),
                answered));
      }
    }
  }

  private double tolerance() {
    return graphHead.isHalf() ? TOLERANCE_OF_HALVES : TOLERANCE;
  }

  private static boolean isFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  private OnnxException notTheHead(String reason) {
    return noHead.because(
        "%s was found, but %s; %s".formatted(NoHead.named(graphHead.node()), reason, NoHead.ERASE));
  }

  @Override
  public void close() {
    session.close();
  }
}

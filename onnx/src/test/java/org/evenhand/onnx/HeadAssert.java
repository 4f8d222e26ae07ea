package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.evenhand.core.Answers;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.core.Table;

/** What every head that was found must fulfil. */
final class HeadAssert {
  /** Acceptance: probabilities of the model and of its head differ by at most this. */
  private static final double TOLERANCE = 1e-5;

  private HeadAssert() {}

  static void assertHeadIsTheModels(
      OnnxHeadedClassifier model, OnnxOptions options, Table rows, Path target) {
    double[] features = model.features(rows);
    assertThat(features).hasSize(rows.rows() * model.head().features());
    assertSameProbabilities(model.head().answers(features), model.answer(rows));

    byte[] original = bytes(model.path());
    RepairedExporter.export(model, model.head(), target);
    assertThat(bytes(target)).isEqualTo(original);

    Head edited = edited(model.head(), 17);
    RepairedExporter.export(model, edited, target);
    assertDifferInHeadOnly(original, bytes(target), model.headTensors());
    try (OnnxHeadedClassifier repaired = OnnxHeadedClassifier.open(target, options)) {
      Answers.Soft answers = repaired.answer(rows);
      assertSameProbabilities(edited.answers(features), answers);
      assertThat(answers.logProbabilities()).isNotEqualTo(model.answer(rows).logProbabilities());
      assertThat(repaired.describe()).isEqualTo(model.describe());
    }
  }

  /** The head with every number moved by up to a tenth. */
  static Head edited(Head head, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DenseLayer layer = head.layer();
    float[] weights = layer.weights().clone();
    float[] bias = layer.bias().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) random.nextDouble(-0.1, 0.1);
    }
    for (int k = 0; head.biased() && k < bias.length; k++) {
      bias[k] += (float) random.nextDouble(-0.1, 0.1);
    }
    return head.with(new DenseLayer(layer.inputs(), layer.outputs(), weights, bias));
  }

  static void assertDifferInHeadOnly(byte[] before, byte[] after, List<HeadTensor> head) {
    assertThat(after).hasSameSizeAs(before);
    int changed = 0;
    for (int i = 0; i < before.length; i++) {
      if (before[i] != after[i]) {
        int at = i;
        assertThat(head)
            .as("byte %d changed", at)
            .anyMatch(tensor -> tensor.from() <= at && at < tensor.to());
        changed++;
      }
    }
    assertThat(changed).isPositive();
  }

  static void assertSameProbabilities(Answers.Soft expected, Answers.Soft actual) {
    assertThat(actual.classes()).isEqualTo(expected.classes());
    assertThat(actual.rows()).isEqualTo(expected.rows());
    for (int i = 0; i < expected.logProbabilities().length; i++) {
      assertThat(Math.exp(actual.logProbabilities()[i]))
          .as("entry %d", i)
          .isCloseTo(Math.exp(expected.logProbabilities()[i]), within(TOLERANCE));
    }
  }

  static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

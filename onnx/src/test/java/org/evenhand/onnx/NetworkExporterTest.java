package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkExporterTest {
  /** Rounding of 32-bit sums. */
  private static final double TOLERANCE = 1e-6;

  private static final Table TRAINED_ON =
      Table.of(
          List.of(
              new NumericColumn("age", new double[] {20, 35, 61, 44}),
              new NumericColumn("income", new double[] {1e5, 2e4, 3e4, 9e3}),
              TextColumn.of("city", List.of("Aachen", "Köln", "", "Köln")),
              TextColumn.of("country", List.of("DE", "DE", "DE", "DE"))));

  /** A missing number and unknown texts. */
  private static final Table ASKED =
      Table.of(
          List.of(
              new NumericColumn("age", new double[] {20, Double.NaN, 90}),
              new NumericColumn("income", new double[] {Double.NaN, 5e4, 0}),
              TextColumn.of("city", List.of("Köln", "Bonn", "")),
              TextColumn.of("country", List.of("FR", "DE", ""))));

  private final Path path;

  NetworkExporterTest(@TempDir Path folder) {
    this.path = folder.resolve("patch.onnx");
  }

  @Test
  void an_exported_patch_answers_like_the_network_for_missing_and_unknown_values_too() {
    PatchNetwork network = RandomNetworks.over(TRAINED_ON, 3, 7);

    NetworkExporter.exportPatch(network, Map.of("evenhand.seed", "7"), path);

    try (OnnxClassifier exported = OnnxClassifier.open(path)) {
      assertThat(exported.inputs())
          .containsExactly(
              new InputColumn("age", InputColumn.Kind.NUMBER),
              new InputColumn("income", InputColumn.Kind.NUMBER),
              new InputColumn("city", InputColumn.Kind.TEXT),
              new InputColumn("country", InputColumn.Kind.TEXT));
      assertClose(exported.rawOutput("probabilities", ASKED), network.logProbabilities(ASKED));
    }
  }

  private static void assertClose(double[] probabilities, double[] logProbabilities) {
    assertThat(probabilities)
        .containsExactly(
            Arrays.stream(logProbabilities).map(Math::exp).toArray(), within(TOLERANCE));
  }

  @Test
  void a_text_without_any_known_category_says_nothing() {
    PatchNetwork network =
        new PatchNetwork(
            new TableEncoder(
                List.of(
                    new FeatureEncoder.Standardized("age", 40, 0.1f),
                    new FeatureEncoder.OneHot("city", List.of()))),
            List.of(new DenseLayer(1, 2, new float[] {1, -1}, new float[] {0.5f, 0})));

    NetworkExporter.exportPatch(network, Map.of(), path);

    try (OnnxClassifier exported = OnnxClassifier.open(path)) {
      assertClose(exported.rawOutput("probabilities", ASKED), network.logProbabilities(ASKED));
    }
  }

  @Test
  void an_exported_classifier_comes_as_a_deployed_one() {
    PatchNetwork network = RandomNetworks.over(TRAINED_ON, 2, 8);

    NetworkExporter.exportClassifier(network, Map.of(), path);

    try (OnnxClassifier exported = OnnxClassifier.open(path)) {
      assertThat(exported.describe())
          .isEqualTo(
              "Answers are read from output 'logits' (logits, one column per class), which agrees with 'probabilities'; classes 0, 1 (numbered, since the model names none).");
      Answers answers = exported.answer(ASKED);
      assertThat(answers.decisions(DecisionRule.MOST_PROBABLE))
          .isEqualTo(DecisionRule.MOST_PROBABLE.decide(network.logProbabilities(ASKED), 2));
    }
  }

  @Test
  void an_exported_correction_is_what_the_removal_subtracts() {
    for (Removal removal :
        List.of(
            RandomNetworks.tabulated(TRAINED_ON, 2, 0.7, 3),
            RandomNetworks.distilled(TRAINED_ON, 2, 1, 4))) {
      NetworkExporter.exportCorrection(removal, Map.of(), path);

      double[] rule = removal.rule().logRule(ASKED);
      double[] expected =
          IntStream.range(0, rule.length)
              .mapToDouble(i -> removal.strength() * (rule[i] - removal.kept()[i % 2]))
              .toArray();
      OnnxOptions options =
          OnnxOptions.of(ModelContract.none().withOutput(NetworkExporter.CORRECTION));
      try (OnnxClassifier exported = OnnxClassifier.open(path, options)) {
        assertThat(exported.rawOutput(NetworkExporter.CORRECTION, ASKED))
            .containsExactly(expected, within(TOLERANCE));
      }
    }
  }

  @Test
  void metadata_is_written() {
    NetworkExporter.exportPatch(
        RandomNetworks.over(TRAINED_ON, 2, 9), Map.of("estimator", "C2"), path);

    assertThat(ModelFile.read(path).getMetadataPropsList())
        .extracting(entry -> entry.getKey() + "=" + entry.getValue())
        .containsExactly("estimator=C2");
  }

  @Test
  void a_column_named_like_an_output_is_refused() {
    Table table = Table.of(List.of(new NumericColumn("logits", new double[] {1, 2})));
    PatchNetwork network = RandomNetworks.over(table, 2, 9);

    assertThatThrownBy(() -> NetworkExporter.exportClassifier(network, Map.of(), path))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "Column 'logits' is named like an output of the exported network; rename the column.");
    assertThat(Files.exists(path)).isFalse();
  }

  @Test
  void a_network_that_reads_nothing_is_refused() {
    PatchNetwork network =
        new PatchNetwork(
            new TableEncoder(List.of(new FeatureEncoder.OneHot("city", List.of()))),
            List.of(new DenseLayer(0, 2, new float[0], new float[2])));

    assertThatThrownBy(() -> NetworkExporter.exportPatch(network, Map.of(), path))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "The network reads no number and no known category, so there is nothing to export.");
  }
}

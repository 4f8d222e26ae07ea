package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.evenhand.core.ModelContract;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxException;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Models by other exporters decide as their own libraries do. */
class ExportersTest {
  private static final Path PAGE = Path.of("..").resolve("docs/models.md");

  private static final String HEADER =
      """
      | model | exporter | read from | unlearn, explain |
      |---|---|---|---|
      """;

  /** The columns of models with several tensor inputs, which nothing in the file tells. */
  private static final Map<String, String> GROUPED =
      Map.of(
          "s04_grouped_inputs.onnx",
          "num=age,income,debt ratio,children,owner;cat=region,job-type,sex");

  /** One model with its table and the accuracy that its own library has on all rows. */
  private record Case(JsonNode node) {
    String model() {
      return node.path("model").asText();
    }

    double accuracy() {
      return node.path("accuracy").asDouble();
    }

    double tolerance() {
      return node.path("tolerance").asDouble(1e-6);
    }

    /** The command with what all commands need to know of the case. */
    List<String> command(String name) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  name,
                  "--model",
                  file(model()).toString(),
                  "--data",
                  file(node.path("table").asText()).toString(),
                  "--target",
                  node.path("target").asText(),
                  "--attribute",
                  node.path("attribute").asText()));
      String features = String.join(",", texts("features"));
      if (!features.isEmpty() || GROUPED.containsKey(model())) {
        command.addAll(List.of("--features", GROUPED.getOrDefault(model(), features)));
      }
      command.addAll(texts("options"));
      return command;
    }

    ModelContract contract() {
      String features = String.join(",", texts("features"));
      ModelContract contract =
          ModelContract.none()
              .withFeatures(Features.parse(List.of(GROUPED.getOrDefault(model(), features))));
      List<String> options = texts("options");
      for (int i = 0; i + 1 < options.size(); i += 2) {
        String value = options.get(i + 1);
        contract =
            switch (options.get(i)) {
              case "--output" -> contract.withOutput(value);
              case "--classes" -> contract.withClasses(List.of(value.split(",", -1)));
              default -> contract;
            };
      }
      return contract;
    }

    private List<String> texts(String key) {
      return StreamSupport.stream(node.path(key).spliterator(), false)
          .map(JsonNode::asText)
          .toList();
    }
  }

  /** Beside the folder of real data: optional at home, required where CI=true. */
  private static Path file(String name) {
    Path file = RealData.file(".").resolve("../cases/exporters").resolve(name);
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(Files.exists(file), "there is no " + file);
    }
    assertThat(file).exists();
    return file;
  }

  private static Stream<Case> cases() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(file("cases.json").toFile());
    return StreamSupport.stream(cases.spliterator(), false).map(Case::new);
  }

  @TestFactory
  Stream<DynamicTest> a_model_decides_as_in_its_own_library() throws IOException {
    return cases().map(exported -> dynamicTest(exported.model(), () -> audit(exported)));
  }

  private static void audit(Case exported) {
    List<String> command = exported.command("audit");
    command.addAll(List.of("--split", "all", "--json"));
    Cli.Outcome outcome = Cli.run(command);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.json().path("overall_accuracy").path("value").asDouble())
        .as(outcome.err())
        .isCloseTo(exported.accuracy(), within(exported.tolerance()));
  }

  /**
   * The table in docs/models.md, made again from the files. With {@code EVENHAND_WRITE_TABLES=true}
   * it is written instead of compared.
   */
  @Test
  void the_table_of_models_says_what_is_read_from_them() throws IOException {
    String rows = cases().map(ExportersTest::row).collect(Collectors.joining("\n"));
    String page = Files.readString(PAGE);
    int start = page.indexOf(HEADER) + HEADER.length();
    String made = page.substring(0, start) + rows + "\n";
    if ("true".equals(System.getenv("EVENHAND_WRITE_TABLES"))) {
      Files.writeString(PAGE, made);
    }

    assertThat(page).contains(HEADER);
    assertThat(Files.readString(PAGE)).isEqualTo(made);
  }

  private static String row(Case exported) {
    OnnxOptions options = OnnxOptions.of(exported.contract());
    Path model = file(exported.model());
    ModelProto proto = proto(model);
    String exporter =
        proto.getProducerName().isBlank()
            ? "by hand"
            : (proto.getProducerName() + " " + proto.getProducerVersion()).strip();
    try (OnnxClassifier opened = OnnxClassifier.open(model, options)) {
      String read = opened.describe().replaceFirst("Answers are read from output ", "");
      return "| %s | %s | %s | %s |"
          .formatted(
              exported.model().replace(".onnx", ""),
              exporter,
              read.substring(0, read.indexOf("; classes")),
              hasHead(model, options) ? "yes" : "no");
    }
  }

  private static ModelProto proto(Path model) {
    try {
      return ModelProto.parseFrom(Files.readAllBytes(model));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean hasHead(Path model, OnnxOptions options) {
    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, options, 1)) {
      return headed.head().features() > 0;
    } catch (OnnxException e) {
      return false;
    }
  }
}

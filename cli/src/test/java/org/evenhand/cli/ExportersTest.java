package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Models by other exporters decide as their own libraries do. */
class ExportersTest {
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
}

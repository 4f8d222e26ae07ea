package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.evenhand.onnx.OnnxOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models by other exporters decide as their own libraries do. */
class ExportersTest {
  private static final Path PAGE = Path.of("..").resolve("docs/models.md");

  private static final String HEADER =
      """
      | model | exporter | read from | audit | erase | unlearn | explain |
      |---|---|---|---|---|---|---|
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

    String attribute() {
      return node.path("attribute").asText();
    }

    /** The attribute as the model reads it: as a number where it reads numbers only. */
    String flipped() {
      return node.path("table").asText().equals("t.csv") ? attribute() : attribute() + "n";
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
                  node.path("target").asText()));
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

  /** Audits on all rows, and requires the decisions of the model's own library. */
  private static boolean isAudited(Case exported) {
    List<String> command = exported.command("audit");
    command.addAll(List.of("--attribute", exported.attribute(), "--split", "all", "--json"));
    Cli.Outcome outcome = Cli.run(command);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    double accuracy = outcome.json().path("overall_accuracy").path("value").asDouble();
    assertThat(accuracy)
        .as(outcome.err())
        .isCloseTo(exported.accuracy(), within(exported.tolerance()));
    return true;
  }

  /**
   * Whether a fused file is written, which is only done when its outputs agree with each other and
   * with the library on all unseen rows.
   */
  private static boolean isErased(Case exported, Path folder) {
    List<String> command = exported.command("erase");
    command.addAll(
        List.of("--attribute", exported.attribute(), "--estimator", "P1", "--folds", "2"));
    return isRepaired(command, folder);
  }

  private static boolean isUnlearned(Case exported, Path folder) {
    List<String> command = exported.command("unlearn");
    command.addAll(
        List.of("--flip", exported.flipped(), "--update", "remove", "--max-pairs", "100"));
    return isRepaired(command, folder);
  }

  /** Written although the repair may not be worth it: what is asked here is whether it can be. */
  private static boolean isRepaired(List<String> command, Path folder) {
    command.addAll(List.of("--split", "all", "--force", "--overwrite"));
    command.addAll(List.of("--out", folder.resolve("repaired.onnx").toString()));
    return isDone(command);
  }

  private static boolean isExplained(Case exported) {
    List<String> command = exported.command("explain");
    command.addAll(List.of("--flip", exported.flipped()));
    return isDone(command);
  }

  /** Done, or refused because the model has no head that can be edited. */
  private static boolean isDone(List<String> command) {
    Cli.Outcome outcome = Cli.run(command);
    if (outcome.exitCode() != 0) {
      assertThat(outcome.err()).contains("has no head that can be edited: ");
    }
    return outcome.exitCode() == 0;
  }

  /**
   * The table in docs/models.md, made again from the files. With {@code EVENHAND_WRITE_TABLES=true}
   * it is written instead of compared.
   */
  @Test
  void the_table_of_models_says_what_can_be_done_with_them(@TempDir Path folder)
      throws IOException {
    String rows = cases().map(exported -> row(exported, folder)).collect(Collectors.joining("\n"));
    String page = Files.readString(PAGE);
    int start = page.indexOf(HEADER) + HEADER.length();
    String made = page.substring(0, start) + rows + "\n";
    if ("true".equals(System.getenv("EVENHAND_WRITE_TABLES"))) {
      Files.writeString(PAGE, made);
    }

    assertThat(page).contains(HEADER);
    assertThat(Files.readString(PAGE)).isEqualTo(made);
  }

  private static String row(Case exported, Path folder) {
    ModelProto proto = proto(file(exported.model()));
    String exporter =
        proto.getProducerName().isBlank()
            ? "by hand"
            : (proto.getProducerName() + " " + proto.getProducerVersion()).strip();
    return "| %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            exported.model().replace(".onnx", ""),
            exporter,
            read(exported),
            said(isAudited(exported)),
            said(isErased(exported, folder)),
            said(isUnlearned(exported, folder)),
            said(isExplained(exported)));
  }

  private static String said(boolean done) {
    return done ? "yes" : "no";
  }

  private static String read(Case exported) {
    OnnxOptions options = OnnxOptions.of(exported.contract());
    try (OnnxClassifier opened = OnnxClassifier.open(file(exported.model()), options)) {
      String read = opened.describe().replaceFirst("Answers are read from output ", "");
      return read.substring(0, read.indexOf("; classes"));
    }
  }

  private static ModelProto proto(Path model) {
    try {
      return ModelProto.parseFrom(Files.readAllBytes(model));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Table;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Labels;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a model behind a URL: the same figures as on its file. */
class HttpModelTest {
  private static final long SEED = 11;

  private static final String DECLARED =
      "{\"name\":\"m\",\"platform\":\"\",\"inputs\":[{\"name\":\"age\",\"datatype\":\"INT64\",\"shape\":[-1,1],"
          + "\"parameters\":{\"content_type\":\"np\"}}],\"outputs\":[{\"name\":\"output-0\",\"datatype\":\"INT64\","
          + "\"shape\":[-1,1]}],\"parameters\":{\"content_type\":\"pd\"}}";
  private static final String ANSWERED =
      "{\"model_name\":\"m\",\"outputs\":[{\"name\":\"output-1\",\"datatype\":\"INT64\",\"shape\":[5,1],"
          + "\"data\":[1,1,1,1,1]}]}";

  /** Classes 1, 0, 1, 1, 1: four of five are right. */
  private static final String ANSWERED_BY_DJL =
      "{\"model_name\":\"m\",\"outputs\":[{\"name\":\"output_label\",\"datatype\":\"INT64\",\"shape\":[5],"
          + "\"data\":[1,0,1,1,1]},{\"name\":\"output_probability\",\"datatype\":\"FP32\",\"shape\":[5,2],"
          + "\"data\":[0.25,0.75,0.5625,0.4375,0.25,0.75,0.125,0.875,0.375,0.625]}]}";

  private static Path file = Path.of("");
  private static Path data = Path.of("");
  private static OnnxServer server;

  private final Path folder;

  HttpModelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void serve(@TempDir Path given) {
    Table people = SimulatedLending.table(2_500, SEED);
    data = given.resolve("people.csv");
    CsvFile.write(people, data);
    int[] rows = Split.rows(people, Split.COLUMN, Split.TRAIN);
    int[] targets =
        Labels.target(people, SimulatedLending.TARGET, SimulatedLending.CLASSES)
            .select(rows)
            .codes();
    double[] labels = new double[2 * rows.length];
    for (int row = 0; row < rows.length; row++) {
      labels[2 * row + targets[row]] = 1;
    }
    double[] weights = new double[rows.length];
    Arrays.fill(weights, 1);
    file = given.resolve("model.onnx");
    NetworkExporter.exportClassifier(
        new Perceptron(PerceptronSettings.DEFAULT.withHidden(16).withL2(1.0))
            .train(
                people.without(Set.of(SimulatedLending.TARGET, Split.COLUMN)).select(rows),
                labels,
                2,
                weights,
                SEED),
        Map.of(),
        file);
    server = new OnnxServer(file);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Cli.Outcome run(String command, String model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--model",
                model,
                "--data",
                data.toString(),
                "--target",
                SimulatedLending.TARGET,
                "--attribute",
                SimulatedLending.ATTRIBUTE,
                "--classes",
                "no,yes"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  private Cli.Outcome erase(String model, String out, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of("--out", folder.resolve(out).toString(), "--estimator", "C2", "--folds", "2"));
    options.addAll(List.of(more));
    return run("erase", model, options.toArray(String[]::new));
  }

  @Test
  void an_audit_gives_the_figures_of_the_file_and_names_the_url() {
    Cli.Outcome outcome = run("audit", server.url(), "--json");

    assertThat(outcome).exits(0);
    JsonNode expected = run("audit", file.toString(), "--json").json();
    assertThat(outcome.json().path("attributes")).isEqualTo(expected.path("attributes"));
    assertThat(outcome.json().at("/model/path").asText()).isEqualTo(server.url());
  }

  @Test
  void answers_are_kept_for_the_next_command() {
    String cache = folder.resolve("answers").toString();
    run("audit", server.url(), "--answer-cache", cache);
    int asked = server.rows();

    assertThat(run("audit", server.url(), "--answer-cache", cache, "--json")).exits(0);

    assertThat(server.rows()).isEqualTo(asked);
  }

  @Test
  void an_erasure_measures_what_it_measures_on_the_file_and_writes_the_correction() {
    JsonNode expected = erase(file.toString(), "fused.onnx", "--json").json();
    Cli.Outcome outcome = erase(server.url(), "correction.onnx", "--json");

    assertThat(outcome).exits(0);
    JsonNode erased = outcome.json();
    assertThat(erased.at("/before/attributes")).isEqualTo(expected.at("/before/attributes"));
    assertThat(erased.at("/after/attributes")).isEqualTo(expected.at("/after/attributes"));
    assertThat(erased.path("outputs").fieldNames())
        .toIterable()
        .containsExactly("patch", "step", "report", "evidence");
    OnnxOptions options =
        OnnxOptions.of(ModelContract.none().withOutput(NetworkExporter.CORRECTION));
    try (OnnxClassifier deployed = OnnxClassifier.open(file);
        OnnxClassifier correction =
            OnnxClassifier.open(folder.resolve("correction.onnx"), options)) {
      assertThat(correction.inputs()).isEqualTo(deployed.inputs());
      assertThat(correction.classes().size()).isEqualTo(2);
    }
  }

  @Test
  void a_person_is_told_why_there_is_no_fused_model() {
    Cli.Outcome outcome = erase(server.url(), "correction.onnx");

    assertThat(outcome.out())
        .endsWith(
            """
            No fused model: a URL does not hand out the model's own graph. Run the step after the model: it takes the model's\
             scores and inputs and gives corrected probabilities, label and 'flipped'. Or subtract the patch's output\
             'correction' from the log-probabilities and normalise.
            """);
    assertThat(Files.exists(folder.resolve("fused.onnx"))).isFalse();
  }

  @Test
  void a_correction_that_reads_the_models_answers_is_written_as_a_step_alone() {
    Cli.Outcome outcome =
        run(
            "repair",
            server.url(),
            "--methods",
            "equal-odds",
            "--max-accuracy-loss",
            "8",
            "--out",
            folder.resolve("best.onnx").toString());

    assertThat(outcome).exits(0);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("best.step.onnx", "best.report.html", "best.evidence.json");
    assertThat(outcome.out()).endsWith("corrected probabilities, label and 'flipped'.\n");
  }

  /** As MLflow on MLServer: it declares {@code output-0} and answers {@code output-1}. */
  @Test
  void a_server_that_answers_another_output_than_it_declares_is_audited_by_that_output()
      throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "t,b,age\n1,u,30\n0,u,40\n1,v,50\n1,v,20\n0,v,33\n");
    HttpServer mlflow =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mlflow.createContext("/v2/models/m", exchange -> answer(exchange, DECLARED));
    mlflow.createContext("/v2/models/m/infer", exchange -> answer(exchange, ANSWERED));
    mlflow.start();
    String url = "http://127.0.0.1:%d/v2/models/m".formatted(mlflow.getAddress().getPort());
    List<String> audit =
        new ArrayList<>(
            List.of("audit", "--model", url, "--data", rows.toString(), "--target", "t"));
    audit.addAll(List.of("--attribute", "b", "--json", "--output", "output-1"));
    try {
      assertThat(Cli.run(audit))
          .refuses(
              "The server declares no output 'output-1' but 'output-0'; if it answers that one all the same, name the classes too (--output, --classes).");
      audit.addAll(List.of("--classes", "0,1"));
      Cli.Outcome outcome = Cli.run(audit);

      assertThat(outcome).exits(0);
      assertThat(outcome.json().at("/overall_accuracy/value").asDouble()).isEqualTo(0.6);
    } finally {
      mlflow.stop(0);
    }
  }

  /** As DJL Serving: no metadata, one tensor of the declared datatype, all outputs. */
  @Test
  void a_server_that_answers_500_for_its_metadata_is_audited_where_the_options_say_all()
      throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "t,b,age,debt\n1,u,30,1\n0,u,40,2\n1,v,50,3\n1,v,20,4\n0,v,33,5\n");
    List<String> requests = new ArrayList<>();
    HttpServer djl =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    djl.createContext(
        "/v2/models/m",
        exchange ->
            answer(
                exchange,
                500,
                "{\"code\":500,\"type\":\"InternalServerException\",\"message\":\"null\"}"));
    djl.createContext(
        "/v2/models/m/infer",
        exchange -> {
          requests.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, ANSWERED_BY_DJL);
        });
    djl.start();
    String url = "http://127.0.0.1:%d/v2/models/m".formatted(djl.getAddress().getPort());
    List<String> audit =
        new ArrayList<>(
            List.of("audit", "--model", url, "--data", rows.toString(), "--target", "t"));
    audit.addAll(List.of("--attribute", "b", "--json", "--classes", "0,1"));
    try {
      assertThat(Cli.run(audit).err())
          .contains("InternalServerException")
          .endsWith(
              "or say yourself what its metadata would (--features, --classes, --datatype).\n");

      audit.addAll(List.of("--features", "age,debt", "--datatype", "FP32"));
      Cli.Outcome outcome = Cli.run(audit);

      assertThat(outcome).exits(0);
      assertThat(outcome.json().at("/overall_accuracy/value").asDouble()).isEqualTo(0.8);
      assertThat(requests)
          .isNotEmpty()
          .allMatch(
              request ->
                  request.contains("\"datatype\":\"FP32\"") && request.contains("\"shape\":[5,2]"));
    } finally {
      djl.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    answer(exchange, 200, body);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void options_that_need_a_file_are_refused_for_a_url() {
    assertThat(run("audit", server.url(), "--strict").err())
        .contains(
            "--strict needs the model's file: a server does not say which categories its model knows.");
    assertThat(erase(server.url(), "a.onnx", "--patch-file", "b.onnx").err())
        .contains(
            "A model behind a URL cannot be fused, so --out names the patch itself; leave --patch-file out.");
  }
}

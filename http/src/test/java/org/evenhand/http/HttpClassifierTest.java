package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.CoreException;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpClassifierTest {
  private static final Classes NUMBERED = Classes.of("0", "1");

  private static HttpClassifier open(LoopbackServer server, HttpOptions options) {
    return HttpClassifier.open(server.url(), options, Progress.NONE);
  }

  private static Answers answer(LoopbackServer server, HttpOptions.Builder options, Table rows) {
    try (HttpClassifier model = open(server, options.build())) {
      return model.answer(rows);
    }
  }

  private static double[] probabilities(Answers answers) {
    double[] logs = ((Answers.Soft) answers).logProbabilities();
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  private static Table column(Column... columns) {
    return Table.of(List.of(columns));
  }

  private static Table numbers(String name, double... values) {
    return column(new NumericColumn(name, values));
  }

  private static void assertNotOpened(
      LoopbackServer server, HttpOptions.Builder options, String message) {
    try (server) {
      assertThatThrownBy(() -> open(server, options.build()).close())
          .isInstanceOf(HttpModelException.class)
          .hasMessage(message);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 1", "7, 5", "1000, 3"})
  void answers_are_those_of_the_model_whatever_the_batches_and_requests_in_flight(
      int batchSize, int concurrency) {
    try (LoopbackServer server = Loans.server()) {
      Table people = Loans.people(40);

      Answers answers =
          answer(server, Loans.quick().batchSize(batchSize).concurrency(concurrency), people);

      assertThat(((Answers.Soft) answers).logProbabilities())
          .isEqualTo(Loans.expected(NUMBERED, people).logProbabilities());
      assertThat(server.requests()).hasSize((40 + batchSize - 1) / batchSize);
    }
  }

  @Test
  void the_servers_metadata_say_what_the_model_reads_and_answers() {
    try (LoopbackServer server = Loans.server();
        HttpClassifier model =
            open(server, HttpOptions.builder().classes(List.of("no", "yes")).build())) {
      assertThat(model.inputs())
          .containsExactly(
              new InputColumn("age", InputColumn.Kind.NUMBER),
              new InputColumn("city", InputColumn.Kind.TEXT));
      assertThat(model.classes()).isEqualTo(Classes.of("no", "yes"));
      assertThat(model.describe())
          .isEqualTo(
              "Answers are read from output 'probabilities' (probabilities, one column a class) of "
                  + server.url()
                  + "; classes no, yes (from --classes).");
      assertThat(model.warnings(Loans.people(1))).isEmpty();
      assertThat(server.requests()).as("asked for metadata only").isEmpty();
    }
  }

  @Test
  void a_table_without_rows_is_not_worth_a_request() {
    try (LoopbackServer server = Loans.server()) {
      Table nobody = Loans.people(1).select(new int[0]);

      assertThat(answer(server, Loans.quick(), nobody).rows()).isZero();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void every_datatype_is_sent_as_the_protocol_writes_it() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer()
            .input("f", "FP32", -1, 1)
            .input("d", "FP64", -1)
            .input("l", "INT64", -1, 1)
            .input("i", "INT32", -1, 1)
            .input("b", "BOOL", -1, 1)
            .input("t", "BYTES", -1, 1)
            .output("p", "FP32", -1, 1)
            .model(row -> List.of(0.5))) {
      Table rows =
          column(
              new NumericColumn("f", new double[] {0.1, Double.NaN}),
              new NumericColumn("d", new double[] {0.1, 1e300}),
              new NumericColumn("l", new double[] {4294967296.0, -1}),
              new NumericColumn("i", new double[] {7, 8}),
              new NumericColumn("b", new double[] {1, 0}),
              TextColumn.of("t", List.of("Łódź \"", "")));

      answer(server, Loans.quick(), rows);

      // Written by hand after the protocol's specification, inference_rest.md.
      JsonNode expected =
          LoopbackServer.MAPPER.readTree(
              """
              {"inputs": [
                {"name": "f", "shape": [2, 1], "datatype": "FP32", "data": [0.1, null]},
                {"name": "d", "shape": [2], "datatype": "FP64", "data": [0.1, 1e300]},
                {"name": "l", "shape": [2, 1], "datatype": "INT64", "data": [4294967296, -1]},
                {"name": "i", "shape": [2, 1], "datatype": "INT32", "data": [7, 8]},
                {"name": "b", "shape": [2, 1], "datatype": "BOOL", "data": [true, false]},
                {"name": "t", "shape": [2, 1], "datatype": "BYTES", "data": ["Łódź \\"", ""]}],
               "outputs": [{"name": "p"}]}
              """);
      assertThat(LoopbackServer.MAPPER.readTree(server.requests().get(0))).isEqualTo(expected);
    }
  }

  @Test
  void one_tensor_is_filled_with_the_features_in_order() {
    try (LoopbackServer server =
        new LoopbackServer()
            .input("x", "FP64", -1, 2)
            .output("p", "FP64", -1, 1)
            .model(row -> List.of(row.get(0).asDouble() / row.get(1).asDouble()))) {
      Table rows =
          column(
              new NumericColumn("whole", new double[] {4, 8}),
              new NumericColumn("part", new double[] {1, 6}));

      Answers answers = answer(server, Loans.quick().features(List.of("part", "whole")), rows);

      assertThat(probabilities(answers))
          .containsExactly(new double[] {0.75, 0.25, 0.25, 0.75}, within(1e-15));
      assertThat(server.requests().get(0)).contains("\"shape\":[2,2]");
    }
  }

  @Test
  void a_server_that_declares_nothing_is_asked_as_the_options_say() {
    try (LoopbackServer server = new LoopbackServer()) {
      server.always(
          LoopbackServer.text(
              """
              {"outputs": [{"name": "predict", "shape": [2, 1], "datatype": "INT64", "data": [1, 0]}]}
              """));
      HttpOptions.Builder options =
          Loans.quick().features(List.of("a")).output("predict").classes(List.of("no", "yes"));

      Answers answers = answer(server, options, numbers("a", 1, 2));

      assertThat(((Answers.Hard) answers).labels()).containsExactly(1, 0);
      assertThat(server.requests().get(0)).contains("\"name\":\"input-0\"", "\"shape\":[2,1]");
    }
  }

  @Test
  void a_model_of_one_row_at_a_time_is_asked_so() {
    try (LoopbackServer server =
        new LoopbackServer()
            .input("a", "FP32", 1, 1)
            .output("p", "FP32", 1, 1)
            .model(row -> List.of(row.get(0).asDouble()))) {
      Answers answers = answer(server, Loans.quick(), numbers("a", 0.25, 0.5, 0.75));

      assertThat(probabilities(answers))
          .containsExactly(new double[] {0.75, 0.25, 0.5, 0.5, 0.25, 0.75}, within(1e-15));
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void one_sigmoid_makes_two_classes() {
    try (LoopbackServer server = sigmoid("score")) {
      Answers answers = answer(server, Loans.quick(), numbers("a", 0.2));

      assertThat(probabilities(answers)).containsExactly(new double[] {0.8, 0.2}, within(1e-15));
    }
  }

  @Test
  void one_logit_makes_two_classes() {
    try (LoopbackServer server = sigmoid("logit")) {
      Answers answers = answer(server, Loans.quick(), numbers("a", Math.log(3)));

      assertThat(probabilities(answers)).containsExactly(new double[] {0.25, 0.75}, within(1e-15));
    }
  }

  private static LoopbackServer sigmoid(String name) {
    return new LoopbackServer()
        .input("a", "FP64", -1)
        .output(name, "FP64", -1)
        .model(row -> List.of(row.get(0).asDouble()));
  }

  private static LoopbackServer scores(String name, Double... values) {
    return new LoopbackServer()
        .input("a", "FP64", -1)
        .output(name, "FP64", -1, values.length)
        .model(row -> List.of(List.of(values)));
  }

  @Test
  void logits_are_told_by_the_outputs_name_or_by_the_user() {
    double[] expected = {0.2, 0.2, 0.6};
    Double[] logits = {1.0, 1.0, 1.0 + Math.log(3)};
    try (LoopbackServer named = scores("class_logits", logits);
        LoopbackServer declared = scores("OUTPUT__0", logits)) {
      assertThat(probabilities(answer(named, Loans.quick(), numbers("a", 0))))
          .containsExactly(expected, within(1e-15));
      assertThat(
              probabilities(
                  answer(declared, Loans.quick().output(HttpOptions.LOGITS), numbers("a", 0))))
          .containsExactly(expected, within(1e-15));
    }
  }

  @Test
  void independent_sigmoids_are_declared_and_become_a_distribution() {
    try (LoopbackServer server = scores("out", 0.9, 0.6, 0.5)) {
      Answers answers = answer(server, Loans.quick().output(HttpOptions.SIGMOID), numbers("a", 0));

      assertThat(probabilities(answers))
          .containsExactly(new double[] {0.45, 0.3, 0.25}, within(1e-15));
    }
  }

  @Test
  void logits_are_read_where_a_model_has_both_and_another_output_if_asked_for() {
    try (LoopbackServer server =
        new LoopbackServer()
            .input("a", "FP64", -1)
            .output("label", "INT64", -1)
            .output("probabilities", "FP64", -1, 2)
            .output("logits", "FP64", -1, 2)
            .model(row -> List.of(1, List.of(0.25, 0.75), List.of(0.0, 0.0)))) {
      assertThat(probabilities(answer(server, Loans.quick(), numbers("a", 0))))
          .containsExactly(0.5, 0.5);
      assertThat(
              probabilities(answer(server, Loans.quick().output("probabilities"), numbers("a", 0))))
          .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
      assertThat(
              answer(
                  server,
                  Loans.quick().output("label").classes(List.of("n", "y")),
                  numbers("a", 0)))
          .isInstanceOf(Answers.Hard.class);
    }
  }

  @Test
  void a_model_that_only_names_classes_gives_hard_answers() {
    try (LoopbackServer server = labels("BYTES", "yes", "no", "yes")) {
      Answers answers =
          answer(server, Loans.quick().classes(List.of("no", "yes")), numbers("a", 0, 1, 2));

      assertThat(answers).isInstanceOf(Answers.Hard.class);
      assertThat(answers.decisions(DecisionRule.MOST_PROBABLE)).containsExactly(1, 0, 1);
    }
  }

  @Test
  void whole_numbers_are_positions_unless_the_classes_are_numbers_themselves() {
    try (LoopbackServer server = labels("INT64", 1, 0, 1)) {
      Table rows = numbers("a", 0, 1, 2);

      assertThat(
              answer(server, Loans.quick().classes(List.of("no", "yes")), rows)
                  .decisions(DecisionRule.MOST_PROBABLE))
          .containsExactly(1, 0, 1);
      assertThat(
              answer(server, Loans.quick().classes(List.of("1", "0")), rows)
                  .decisions(DecisionRule.MOST_PROBABLE))
          .containsExactly(0, 1, 0);
    }
  }

  @Test
  void booleans_are_the_first_and_the_second_class() {
    try (LoopbackServer server = labels("BOOL", true, false)) {
      Answers answers =
          answer(server, Loans.quick().classes(List.of("no", "yes")), numbers("a", 0, 1));

      assertThat(answers.decisions(DecisionRule.MOST_PROBABLE)).containsExactly(1, 0);
    }
  }

  private static LoopbackServer labels(String datatype, Object... values) {
    return new LoopbackServer()
        .input("a", "FP64", -1)
        .output("label", datatype, -1)
        .model(row -> List.of(values[row.get(0).asInt()]));
  }

  @Test
  void nested_data_read_like_flat_data() {
    try (LoopbackServer server = scores("p", 0.5, 0.5)) {
      server.always(
          LoopbackServer.text(
              """
              {"outputs": [{"name": "p", "shape": [2, 2], "datatype": "FP32",
                            "data": [[0.25, 0.75], [0.5, 0.5]]}]}
              """));

      assertThat(probabilities(answer(server, Loans.quick(), numbers("a", 0, 1))))
          .containsExactly(new double[] {0.25, 0.75, 0.5, 0.5}, within(1e-15));
    }
  }

  @Test
  void no_more_requests_are_in_flight_than_allowed_and_no_fewer_than_possible() {
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (LoopbackServer server = Loans.server()) {
      server.always(
          (exchange, reply) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
              together.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException("three requests never were in flight", e);
            }
            now.decrementAndGet();
            LoopbackServer.NONE.answer(exchange, reply);
          });

      Answers answers = answer(server, Loans.quick().batchSize(1).concurrency(3), Loans.people(12));

      assertThat(answers.rows()).isEqualTo(12);
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void progress_is_told_of_every_batch() {
    AtomicInteger steps = new AtomicInteger();
    try (LoopbackServer server = Loans.server();
        HttpClassifier model =
            HttpClassifier.open(
                server.url(),
                Loans.quick().batchSize(4).build(),
                (task, done, total) -> {
                  assertThat(total).isEqualTo(3);
                  steps.incrementAndGet();
                })) {
      model.answer(Loans.people(10));
    }

    assertThat(steps).hasValue(3);
  }

  @Test
  void the_token_is_sent_with_every_request() {
    try (LoopbackServer server = Loans.server()) {
      answer(server, Loans.quick().token(BearerToken.of("s3cret\n")), Loans.people(1));

      assertThat(server.authorizations()).containsExactly("Bearer s3cret", "Bearer s3cret");
    }
  }

  @Test
  void provenance_names_the_url_and_the_metadata() {
    try (LoopbackServer server = Loans.server();
        LoopbackServer other = sigmoid("score");
        HttpClassifier model = HttpClassifier.open(server.url());
        HttpClassifier same = HttpClassifier.open(server.url() + "/");
        HttpClassifier another = HttpClassifier.open(other.url())) {
      assertThat(model.artefact().path()).isEqualTo(server.url());
      assertThat(model.artefact().sha256()).hasSize(64).isEqualTo(same.artefact().sha256());
      assertThat(another.artefact().sha256()).isNotEqualTo(model.artefact().sha256());
    }
  }

  @Test
  void a_missing_column_is_named() {
    try (LoopbackServer server = Loans.server()) {
      assertThatThrownBy(() -> answer(server, Loans.quick(), numbers("age", 31)))
          .isInstanceOf(CoreException.class)
          .hasMessage("The model reads column 'city', but the table has only age.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INT64, 1.5, 'has 1.5 in row 1, but the model''s input ''a'' takes whole numbers (INT64) only.'",
    "INT64, NaN, 'has a missing value in row 1, but the model''s input ''a'' takes whole numbers (INT64) only.'",
    "INT8, 128, 'has 128.0 in row 1, but the model''s input ''a'' takes whole numbers (INT8) only.'",
    "BOOL, 2, 'has 2.0 in row 1, but the model''s input ''a'' takes 0 or 1 only.'",
    "FP32, 1e39, 'has 1.0E39 in row 1, but the model''s input ''a'' takes FP32 numbers only.'"
  })
  void a_value_that_the_input_cannot_take_is_named_with_its_row(
      String datatype, double value, String message) {
    try (LoopbackServer server =
        new LoopbackServer().input("a", datatype, -1).output("p", "FP32", -1)) {
      assertThatThrownBy(() -> answer(server, Loans.quick(), numbers("a", 1, value)))
          .isInstanceOf(HttpModelException.class)
          .hasMessage("Column 'a' " + message);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void options_that_do_not_fit_the_inputs_are_refused() {
    assertNotOpened(
        new LoopbackServer().input("x", "FP32", -1, 3),
        Loans.quick(),
        "The model's input 'x' takes 3 values a row; name its columns in order with --features.");
    assertNotOpened(
        new LoopbackServer().input("x", "FP32", -1, -1),
        Loans.quick(),
        "The model's input 'x' takes several values a row; name its columns in order with --features.");
    assertNotOpened(
        new LoopbackServer().input("x", "FP32", -1, 3),
        Loans.quick().features(List.of("a", "b")),
        "The model's input 'x' takes 3 values a row, but --features names 2 columns.");
    assertNotOpened(
        Loans.inputs(),
        Loans.quick().features(List.of("a", "b")),
        "--features names the columns of a model's only input, but this model has 2 inputs: age, city.");
    assertNotOpened(
        new LoopbackServer(),
        Loans.quick(),
        "The server does not say what the model takes; name the columns of its only tensor in order with --features.");
    assertNotOpened(
        new LoopbackServer().input("image", "FP32", -1, 3, 224, 224),
        Loans.quick(),
        "The model's input 'image' has shape [-1, 3, 224, 224]; a table fills inputs of shape [-1], [-1,1] or"
            + " [-1,d], where -1 stands for any number of rows.");
    assertNotOpened(
        new LoopbackServer().input("x", "FP32", 8, 1),
        Loans.quick(),
        "The model's input 'x' has shape [8, 1]; a table fills inputs of shape [-1], [-1,1] or"
            + " [-1,d], where -1 stands for any number of rows.");
  }

  @Test
  void an_unclear_choice_of_output_is_left_to_the_user() {
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, 2).output("q", "FP32", -1, 2),
        Loans.quick(),
        "The outputs 'p', 'q' could each be the model's answer; choose one with --output.");
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, 2).output("label", "INT64", -1),
        Loans.quick().output("r"),
        "The model has no output 'r'; its outputs are 'p', 'label'.");
    assertNotOpened(
        Loans.inputs(),
        Loans.quick(),
        "The server does not say what the model answers; name the output to read with --output and the classes"
            + " with --classes.");
  }

  @Test
  void unknown_or_wrong_numbers_of_classes_are_refused() {
    assertNotOpened(
        Loans.inputs().output("label", "INT64", -1),
        Loans.quick(),
        "The server does not say how many classes output 'label' decides between; name them with --classes.");
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, -1),
        Loans.quick(),
        "The server does not say how many classes output 'p' decides between; name them with --classes.");
    assertNotOpened(
        Loans.inputs(),
        Loans.quick().output("p"),
        "The server does not say how many classes output 'p' decides between; name them with --classes.");
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, 2),
        Loans.quick().classes(List.of("a", "b", "c")),
        "--classes names 3 classes, but output 'p' has scores for 2.");
  }
}

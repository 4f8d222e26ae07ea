package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.http.Asking.answer;
import static org.evenhand.http.Asking.assertNotOpened;
import static org.evenhand.http.Asking.column;
import static org.evenhand.http.Asking.numbers;
import static org.evenhand.http.Asking.probabilities;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.CoreException;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server is asked, and which rows and options it cannot be asked with. */
class HttpRequestsTest {
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

      Answers answers =
          answer(
              server,
              Loans.quick().contract(ModelContract.none().withFeatures(List.of("part", "whole"))),
              rows);

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
          Loans.quick()
              .contract(
                  ModelContract.none()
                      .withFeatures(List.of("a"))
                      .withOutput("predict")
                      .withClasses(List.of("no", "yes")));

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
        "The model's input 'x' takes 3 values per row; name its columns in order.",
        Setting.FEATURES);
    assertNotOpened(
        new LoopbackServer().input("x", "FP32", -1, -1),
        Loans.quick(),
        "The model's input 'x' takes several values per row; name its columns in order.",
        Setting.FEATURES);
    assertNotOpened(
        new LoopbackServer().input("x", "FP32", -1, 3),
        Loans.quick().contract(ModelContract.none().withFeatures(List.of("a", "b"))),
        "The model's input 'x' takes 3 values per row, but 2 columns are named for it.",
        Setting.FEATURES);
    assertNotOpened(
        Loans.inputs(),
        Loans.quick().contract(ModelContract.none().withFeatures(List.of("a", "b"))),
        "2 columns are named as those of the model's only input, but this model has 2 inputs: age, city.",
        Setting.FEATURES);
    assertNotOpened(
        new LoopbackServer(),
        Loans.quick(),
        "The server does not say what the model takes; name the columns of its only tensor in order.",
        Setting.FEATURES);
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
}

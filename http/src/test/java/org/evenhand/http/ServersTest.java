package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.http.Asking.column;
import static org.evenhand.http.Asking.probabilities;

import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Progress;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that declare little, nothing, or something else than they answer. */
class ServersTest {
  private static final double[] A = {0.5, -1, 2, 0, 3, -2, 1, 0.25, -0.5};
  private static final double[] B = {0, 0.5, 1, 0.125, -1, 1, 2, 0.5, -1};
  private static final Table ROWS = column(new NumericColumn("a", A), new NumericColumn("b", B));
  private static final ModelContract TWO_COLUMNS =
      ModelContract.none().withFeatures(List.of("a", "b")).withClasses(List.of("no", "yes"));

  private static double[] expected() {
    double[] both = new double[2 * A.length];
    for (int row = 0; row < A.length; row++) {
      both[2 * row + 1] = ShapedServer.probability(A[row], B[row]);
      both[2 * row] = 1 - both[2 * row + 1];
    }
    return both;
  }

  private static HttpClassifier open(ShapedServer server, HttpOptions.Builder options) {
    return HttpClassifier.open(server.url(), options.build(), Progress.NONE);
  }

  @Test
  void a_model_of_data_frames_on_mlserver_is_asked_for_its_probabilities() {
    try (ShapedServer server = new ShapedServer.MlServer();
        HttpClassifier model =
            open(
                server,
                Loans.quick()
                    .contract(TWO_COLUMNS.withOutput("predict_proba"))
                    .parameters(Map.of("content_type", "pd"))
                    .batchSize(4))) {
      assertThat(probabilities(model.answer(ROWS))).containsExactly(expected(), within(1e-12));

      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(0).at("/inputs/0/shape").toString()).isEqualTo("[4,1]");
      assertThat(model.describe())
          .startsWith("Answers are read from output 'predict_proba' (probabilities, one column");
    }
  }

  @Test
  void without_an_output_mlserver_answers_labels_and_the_switch_is_named() {
    try (ShapedServer server = new ShapedServer.MlServer();
        HttpClassifier model =
            open(
                server,
                Loans.quick().contract(TWO_COLUMNS).parameters(Map.of("content_type", "pd")))) {
      assertThat(model.describe()).contains("output (chosen by the first answer)");

      Answers answers = model.answer(ROWS);

      assertThat(((Answers.Hard) answers).labels()).containsExactly(1, 0, 1, 0, 1, 0, 0, 0, 1);
      assertThat(server.requests().get(0).has("outputs")).isFalse();
      assertThat(model.describe())
          .contains("'predict' (class labels only)", "MLServer is asked for output predict_proba");
    }
  }

  @Test
  void what_mlserver_does_not_know_is_refused_with_its_words() {
    try (ShapedServer server = new ShapedServer.MlServer();
        HttpClassifier model =
            open(
                server,
                Loans.quick()
                    .contract(TWO_COLUMNS.withOutput("predict_probability"))
                    .parameters(Map.of("content_type", "pd")))) {
      assertThatThrownBy(() -> model.answer(ROWS))
          .isInstanceOf(HttpModelException.class)
          .hasMessageContaining("SKLearnModel only supports 'predict', 'predict_proba'");
    }
  }

  @Test
  void djl_serving_needs_no_metadata_where_the_options_say_all() {
    for (ModelContract contract :
        List.of(TWO_COLUMNS, TWO_COLUMNS.withOutput("output_probability"))) {
      try (ShapedServer server = new ShapedServer.Djl();
          HttpClassifier model =
              open(
                  server,
                  Loans.quick()
                      .contract(contract)
                      .datatypes(Map.of(ModelContract.ONLY_INPUT, "FP32")))) {
        assertThat(probabilities(model.answer(ROWS))).containsExactly(expected(), within(1e-12));
        assertThat(model.describe()).contains("'output_probability' (probabilities");
        assertThat(model.artefact().sha256()).hasSize(64);
      }
    }
  }

  @Test
  void a_server_without_metadata_says_what_is_to_be_declared() {
    try (ShapedServer server = new ShapedServer.Djl()) {
      assertThatThrownBy(() -> open(server, Loans.quick().contract(TWO_COLUMNS)))
          .isInstanceOfSatisfying(
              HttpModelException.class,
              e ->
                  assertThat(e.settings())
                      .containsExactly(Setting.FEATURES, Setting.CLASSES, Setting.DATATYPE))
          .hasMessageContaining("or say yourself what its metadata would");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void class_numbers_written_as_floating_point_are_labels(int classes) {
    List<String> names = List.of("p", "q", "r").subList(0, classes);
    try (ShapedServer server = new ShapedServer.FilClasses(classes);
        HttpClassifier model =
            open(server, Loans.quick().contract(TWO_COLUMNS.withClasses(names)))) {
      Answers answers = model.answer(ROWS);

      assertThat(answers).isInstanceOf(Answers.Hard.class);
      assertThat(((Answers.Hard) answers).labels()).startsWith(0, 1, classes == 2 ? 0 : 2);
      assertThat(model.describe()).contains("class labels only", "FIL backend");
    }
  }

  @Test
  void a_model_without_a_batch_dimension_is_asked_row_by_row() {
    try (ShapedServer server = new ShapedServer.OneRow();
        HttpClassifier model = open(server, Loans.quick().contract(TWO_COLUMNS))) {
      assertThat(probabilities(model.answer(ROWS))).containsExactly(expected(), within(1e-12));
      assertThat(server.requests()).hasSize(A.length);
    }
  }

  private static final String SILENT = "{\"inputs\":[],\"outputs\":[]}";

  private static Answers answered(String metadata, String reply, ModelContract contract) {
    try (ShapedServer server = new ShapedServer.Scripted(metadata, reply);
        HttpClassifier model = open(server, Loans.quick().contract(contract))) {
      return model.answer(ROWS.select(new int[] {0, 1}));
    }
  }

  @Test
  void another_output_than_the_declared_one_may_be_asked_for() {
    Answers answers =
        answered(
            "{\"inputs\":[],\"outputs\":[{\"name\":\"output-0\",\"datatype\":\"INT64\",\"shape\":[-1,1]}]}",
            "{\"outputs\":[{\"name\":\"output-1\",\"datatype\":\"INT64\",\"shape\":[2,1],\"data\":[1,0]}]}",
            TWO_COLUMNS.withOutput("output-1"));

    assertThat(((Answers.Hard) answers).labels()).containsExactly(1, 0);
  }

  @Test
  void a_wrapping_dimension_of_one_is_dropped() {
    Answers answers =
        answered(
            SILENT,
            "{\"outputs\":[{\"name\":\"o\",\"datatype\":\"FP64\",\"shape\":[1,2,2],\"data\":[[[0.25,0.75],[0.5,0.5]]]}]}",
            TWO_COLUMNS);

    assertThat(probabilities(answers))
        .containsExactly(new double[] {0.25, 0.75, 0.5, 0.5}, within(1e-15));
  }

  @Test
  void an_output_per_class_is_one_column_each_in_the_order_of_their_names() {
    Answers answers =
        answered(
            SILENT,
            "{\"outputs\":[{\"name\":\"yes\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[0.25,0.5]},"
                + "{\"name\":\"no\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[0.75,0.5]}]}",
            TWO_COLUMNS);

    assertThat(probabilities(answers))
        .containsExactly(new double[] {0.75, 0.25, 0.5, 0.5}, within(1e-15));
  }

  @Test
  void shapes_written_as_texts_are_read() {
    Answers answers =
        answered(
            SILENT,
            "{\"outputs\":[{\"name\":\"o\",\"datatype\":\"FP64\",\"shape\":[\"2\",\"1\"],\"data\":[0.25,0.5]}]}",
            TWO_COLUMNS);

    assertThat(probabilities(answers))
        .containsExactly(new double[] {0.75, 0.25, 0.5, 0.5}, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[4294967296,4294967296]",
        "[9223372036854775807,3]",
        "[99999999999999999999]",
        "[2,-1]",
        "[\"two\"]",
        "{}"
      })
  void shapes_beyond_counting_are_refused(String shape) {
    assertThatThrownBy(
            () ->
                answered(
                    SILENT,
                    "{\"outputs\":[{\"name\":\"o\",\"datatype\":\"FP64\",\"shape\":%s,\"data\":[0.25,0.5]}]}"
                        .formatted(shape),
                    TWO_COLUMNS))
        .isInstanceOf(HttpModelException.class)
        .hasMessageContaining("answered no output with values for each of 2 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "2147483648", "99999999999999999999"})
  void widths_that_no_classifier_has_are_refused_when_they_are_declared(String width) {
    assertThatThrownBy(
            () ->
                answered(
                    "{\"inputs\":[],\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[-1,%s]}]}"
                        .formatted(width),
                    SILENT,
                    ModelContract.none().withFeatures(List.of("a"))))
        .isInstanceOf(HttpModelException.class)
        .hasMessageContaining("a dimension of more than 1048576 is no table's and no classifier's");
  }

  @Test
  void a_reply_in_binary_is_named_as_such() {
    assertThatThrownBy(
            () ->
                answered(
                    SILENT,
                    "{\"outputs\":[{\"name\":\"o\",\"datatype\":\"FP32\",\"shape\":[2,2],\"parameters\":{\"binary_data_size\":16}}]}",
                    TWO_COLUMNS))
        .isInstanceOf(HttpModelException.class)
        .hasMessageContaining("answered in the protocol's binary form");
  }

  @Test
  void a_reply_that_never_ends_is_broken_off() {
    try (LoopbackServer server =
        Asking.sigmoid("p")
            .always(
                (exchange, reply) -> {
                  exchange.sendResponseHeaders(200, 0);
                  byte[] blanks = new byte[1 << 20];
                  java.util.Arrays.fill(blanks, (byte) ' ');
                  try {
                    for (int i = 0; i < 80; i++) {
                      exchange.getResponseBody().write(blanks);
                    }
                  } catch (java.io.IOException e) {
                    // The client has hung up, as it should.
                  }
                })) {
      assertThatThrownBy(
              () -> Asking.answer(server, Loans.quick().retries(0), Asking.numbers("a", 0.5)))
          .isInstanceOf(HttpModelException.class)
          .hasMessageContaining("the reply is longer than 67,108,864 bytes");
    }
  }

  @Test
  void a_datatype_that_the_protocol_does_not_have_is_refused() {
    assertThatThrownBy(() -> HttpOptions.builder().datatypes(Map.of("a", "float")).build())
        .isInstanceOf(HttpModelException.class)
        .hasMessageStartingWith("'float' is no datatype; those of the protocol are BOOL,");
  }
}

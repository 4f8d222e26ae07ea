package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.http.LoopbackServer.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does wrong, and what the user gets to know of it. */
class FaultsTest {
  private final LoopbackServer server = Loans.server();
  private final Table people = Loans.people(3);

  @AfterEach
  void stop() {
    server.close();
  }

  private Answers answer(HttpOptions.Builder options) {
    try (HttpClassifier model = HttpClassifier.open(server.url(), options.build(), Progress.NONE)) {
      return model.answer(people);
    }
  }

  private void assertAnsweredInTheEnd(HttpOptions.Builder options) {
    assertThat(((Answers.Soft) answer(options)).logProbabilities())
        .isEqualTo(Loans.expected(Classes.of("0", "1"), people).logProbabilities());
  }

  /** The message after the URL. */
  private void assertGivenUp(HttpOptions.Builder options, int requests, String message) {
    assertThatThrownBy(() -> answer(options))
        .isInstanceOf(HttpModelException.class)
        .hasMessage(server.url() + "/infer " + message);
    assertThat(server.requests()).hasSize(requests);
  }

  private static HttpOptions.Builder impatient() {
    return Loans.quick().timeout(Duration.ofMillis(700));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void what_fails_in_passing_is_asked_again(int status) {
    server.once(LoopbackServer.status(status, "busy")).once(LoopbackServer.status(status, "busy"));

    assertAnsweredInTheEnd(Loans.quick());

    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void what_fails_for_good_is_given_up_after_the_retries() {
    server.always(LoopbackServer.status(500, "out of memory"));

    assertGivenUp(
        Loans.quick().retries(3),
        4,
        "answered 500 ('out of memory') 4 times in a row when asked for the answers to rows 0 to 2;"
            + " look into the server's log.");
  }

  @Test
  void what_another_attempt_cannot_change_is_not_asked_again() {
    server.always(LoopbackServer.status(400, "unexpected shape"));

    assertGivenUp(
        Loans.quick(),
        1,
        "answered 400 ('unexpected shape') when asked for the answers to rows 0 to 2; check that columns and"
            + " datatypes are what the model was trained on, and ask for fewer rows at once if the server limits them.");
  }

  @Test
  void an_answer_that_is_late_is_asked_for_again() {
    server.once(server.silence());

    assertAnsweredInTheEnd(impatient());
  }

  @Test
  void an_answer_that_never_comes_is_given_up() {
    server.always(server.silence());

    assertGivenUp(
        impatient().retries(1),
        2,
        "gave no whole answer within 0.700 s 2 times in a row when asked for the answers to rows 0 to 2; allow it more time, or ask for less at once.");
  }

  @Test
  void an_answer_that_stops_in_the_middle_is_late_too() {
    server.once(server.stall());

    assertAnsweredInTheEnd(impatient());
  }

  @Test
  void half_an_answer_is_asked_for_again() {
    server.once(LoopbackServer.half());

    assertAnsweredInTheEnd(Loans.quick());
  }

  @Test
  void a_connection_that_always_breaks_off_is_given_up() {
    server.always(LoopbackServer.half());

    assertThatThrownBy(() -> answer(Loans.quick()))
        .isInstanceOf(HttpModelException.class)
        .hasMessageMatching(
            ".*/infer broke the connection off \\(.+\\) 3 times in a row when asked for the answers"
                + " to rows 0 to 2; look into the server's log\\.");
  }

  @Test
  void a_server_that_asks_for_too_much_patience_is_not_waited_for() {
    server.always(
        (exchange, reply) -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          LoopbackServer.status(429, "slow down").answer(exchange, reply);
        });

    assertGivenUp(
        Loans.quick(),
        1,
        "answered 429 ('slow down') when asked for the answers to rows 0 to 2; it asks to be left alone for"
            + " 3.60e+03 s, so run again later.");
  }

  @Test
  void a_server_that_is_not_there_is_said_to_be_out_of_reach() {
    String url = server.url();
    server.close();

    assertThatThrownBy(() -> HttpClassifier.open(url, Loans.quick().build(), Progress.NONE))
        .isInstanceOf(HttpModelException.class)
        .hasMessageMatching(
            url
                + " cannot be reached \\(.+\\) 3 times in a row when asked for its metadata; check host and port, and"
                + " that the server is running\\.");
  }

  @Test
  void a_model_that_the_server_does_not_know_is_named() {
    String url = server.url() + "/versions/9";

    assertThatThrownBy(() -> HttpClassifier.open(url))
        .isInstanceOf(HttpModelException.class)
        .hasMessage(
            url
                + " answered 404 ('unknown model') when asked for its metadata; check the model's name and version in"
                + " the URL, and that the server has loaded it.");
  }

  @Test
  void redirects_are_not_followed_lest_rows_and_token_go_to_another_host() {
    try (LoopbackServer other = Loans.server()) {
      server.always(
          (exchange, reply) -> {
            exchange.getResponseHeaders().set("Location", other.url() + "/infer");
            LoopbackServer.send(exchange, 307, new byte[0]);
          });

      assertGivenUp(
          Loans.quick().token(BearerToken.of("s3cret")),
          1,
          "answered 307, a redirect to %s/infer when asked for the answers to rows 0 to 2; redirects are not followed, so give the URL that the model is really served at."
              .formatted(other.url()));
      assertThat(other.authorizations()).isEmpty();
    }
  }

  @Test
  void a_token_that_the_server_repeats_is_not_shown() {
    server.always(LoopbackServer.status(403, "token s3cret has expired"));

    assertGivenUp(
        Loans.quick().token(BearerToken.of("s3cret")),
        1,
        "answered 403 ('token *** has expired') when asked for the answers to rows 0 to 2; put a token that may ask"
            + " this model into EVENHAND_MODEL_TOKEN.");
  }

  private void assertRefused(Fault fault, String message) {
    server.always(fault);
    assertGivenUp(Loans.quick(), 1, message);
  }

  @Test
  void what_is_not_json_is_quoted() {
    assertRefused(
        LoopbackServer.text("<html>\n<h1>Welcome</h1> " + "x".repeat(500)),
        "answered something other than a JSON object ('<html> <h1>Welcome</h1> %s…') when asked for the answers to rows 0 to 2; check that the URL names a model of an Open Inference Protocol v2 server."
            .formatted("x".repeat(160 - 24)));
  }

  @Test
  void json_cut_short_is_no_json() {
    assertRefused(
        LoopbackServer.text("{\"outputs\": [{\"name\":"),
        "answered something other than a JSON object ('{\"outputs\": [{\"name\":') when asked for the answers to rows"
            + " 0 to 2; check that the URL names a model of an Open Inference Protocol v2 server.");
  }

  @Test
  void too_few_rows_are_refused() {
    assertRefused(
        LoopbackServer.text(
            """
            {"outputs": [{"name": "probabilities", "shape": [1, 2], "datatype": "FP64", "data": [0.5, 0.5]}]}
            """),
        "answered output 'probabilities' with shape [1, 2] and 2 values instead of 3 rows of 2 when asked for the"
            + " answers to rows 0 to 2; each row needs one answer, so check the model and its metadata.");
  }

  @Test
  void too_many_classes_are_refused() {
    assertRefused(
        LoopbackServer.text(
            """
            {"outputs": [{"name": "probabilities", "shape": [3, 3], "datatype": "FP64",
                          "data": [0.5, 0.5, 0, 0.5, 0.5, 0, 0.5, 0.5, 0]}]}
            """),
        "answered output 'probabilities' with shape [3, 3] and 9 values instead of 3 rows of 2 when asked for the"
            + " answers to rows 0 to 2; each row needs one answer, so check the model and its metadata.");
  }

  @Test
  void data_that_do_not_fill_their_shape_are_refused() {
    assertRefused(
        LoopbackServer.text(
            """
            {"outputs": [{"name": "probabilities", "shape": [3, 2], "datatype": "FP64", "data": [0.5, 0.5]}]}
            """),
        "answered output 'probabilities' with shape [3, 2] and 2 values instead of 3 rows of 2 when asked for the"
            + " answers to rows 0 to 2; each row needs one answer, so check the model and its metadata.");
  }

  @Test
  void another_datatype_than_declared_is_refused() {
    assertRefused(
        LoopbackServer.edited("FP64", "INT64"),
        "answered output 'probabilities' with datatype 'INT64' instead of FP64 when asked for the answers to rows 0"
            + " to 2; check that the model is the one that its metadata describes.");
  }

  @Test
  void an_answer_without_the_output_names_those_that_there_are() {
    assertRefused(
        LoopbackServer.edited("probabilities", "scores"),
        "answered without output 'probabilities', with scores when asked for the answers to rows 0 to 2; name an output that it answers with.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "null", "\"0.5\"", "Infinity"})
  void a_score_that_is_no_number_is_refused_with_its_row_and_class(String score) {
    assertRefused(
        LoopbackServer.edited("(\"data\":\\[[^,]+,[^,]+,[^,]+),[^,]+", "$1," + score),
        "answered %s in output 'probabilities' for class '1' in row 1 when asked for the answers to rows 0 to 2; every score must be a finite number."
            .formatted(score));
  }

  @Test
  void a_missing_number_in_the_row_is_named_beside_the_nan() {
    server.always(
        LoopbackServer.text(
            """
            {"outputs": [{"name": "probabilities", "shape": [1, 2], "datatype": "FP64", "data": [NaN, NaN]}]}
            """));
    Table unknownAge =
        Table.of(
            List.of(
                new NumericColumn("age", new double[] {Double.NaN}),
                TextColumn.of("city", List.of("Turin"))));
    try (HttpClassifier model = HttpClassifier.open(server.url())) {
      assertThatThrownBy(() -> model.answer(unknownAge))
          .isInstanceOf(HttpModelException.class)
          .hasMessage(
              server.url()
                  + "/infer answered NaN in output 'probabilities' for class '0' in row 0, where age is missing when"
                  + " asked for the answer to row 0; every score must be a finite number.");
    }
  }

  @Test
  void scores_that_are_no_probabilities_are_refused_with_what_to_declare() {
    assertRefused(
        LoopbackServer.edited("\"data\":\\[[^,]+,[^,]+", "\"data\":[2.5,-1.0"),
        "answered [2.5, -1.0] in output 'probabilities' in row 0, which are no probabilities when asked for the answers to rows 0 to 2; declare logits as 'logits' and independent sigmoids as 'sigmoid'.");
  }

  @Test
  void a_label_that_is_no_class_is_refused() {
    try (LoopbackServer labels =
            Loans.inputs().output("label", "BYTES", -1).model(row -> List.of("maybe"));
        HttpClassifier model =
            HttpClassifier.open(
                labels.url(),
                Loans.quick()
                    .contract(ModelContract.none().withClasses(List.of("no", "yes")))
                    .build(),
                Progress.NONE)) {
      assertThatThrownBy(() -> model.answer(people))
          .isInstanceOf(HttpModelException.class)
          .hasMessage(
              labels.url()
                  + "/infer answered label 'maybe' in row 0, which is none of the classes no, yes when asked for the answers to rows 0 to 2; name the classes as the model does.");
    }
  }

  @Test
  void the_rows_of_the_batch_that_failed_are_named() {
    server.once(LoopbackServer.NONE).once(LoopbackServer.status(400, "bad row"));

    assertThatThrownBy(() -> answer(Loans.quick().batchSize(1).concurrency(1)))
        .hasMessageContaining("when asked for the answer to row 1;");
  }

  @Test
  void metadata_of_an_unknown_datatype_are_refused() {
    try (LoopbackServer strange = new LoopbackServer().input("x", "TEXT", -1)) {
      assertThatThrownBy(() -> HttpClassifier.open(strange.url()))
          .isInstanceOf(HttpModelException.class)
          .hasMessage(
              strange.url()
                  + " declared datatype 'TEXT' for 'x' when asked for its metadata; the datatypes of the protocol are"
                  + " BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES.");
    }
  }
}

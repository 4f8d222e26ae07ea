package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.http.Asking.answer;
import static org.evenhand.http.Asking.open;
import static org.evenhand.http.Asking.sigmoid;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a model behind a URL is asked about many rows. */
class HttpClassifierTest {
  private static final Classes NUMBERED = Classes.of("0", "1");

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
            open(
                server,
                HttpOptions.builder()
                    .contract(ModelContract.none().withClasses(List.of("no", "yes")))
                    .build())) {
      assertThat(model.inputs())
          .containsExactly(
              new InputColumn("age", InputColumn.Kind.NUMBER),
              new InputColumn("city", InputColumn.Kind.TEXT));
      assertThat(model.classes()).isEqualTo(Classes.of("no", "yes"));
      assertThat(model.describe())
          .isEqualTo(
              "Answers are read from output 'probabilities' (probabilities, one column per class) of "
                  + server.url()
                  + "; classes no, yes (as declared).");
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
}

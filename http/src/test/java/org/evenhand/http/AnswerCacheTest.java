package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCacheTest {
  @TempDir private Path folder = Path.of("");
  private final LoopbackServer server = Loans.server();
  private final Table people = Loans.people(10);

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpClassifier open(int batchSize) {
    return HttpClassifier.open(
        server.url(),
        Loans.quick().batchSize(batchSize).concurrency(1).answerCache(folder).build(),
        Progress.NONE);
  }

  private double[] ask(int batchSize, Table rows) {
    try (HttpClassifier model = open(batchSize)) {
      return ((Answers.Soft) model.answer(rows)).logProbabilities();
    }
  }

  private double[] expected(Table rows) {
    return Loans.expected(Classes.of("0", "1"), rows).logProbabilities();
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private Table firstPeople(int n) {
    return people.select(IntStream.range(0, n).toArray());
  }

  @Test
  void an_interrupted_run_goes_on_where_it_stopped() {
    server
        .once(LoopbackServer.NONE)
        .once(LoopbackServer.NONE)
        .once(LoopbackServer.status(400, "killed"));
    assertThatThrownBy(() -> ask(3, people)).isInstanceOf(HttpModelException.class);
    assertThat(server.rows()).as("two batches and the one that failed").hasSize(9);

    double[] resumed = ask(4, people);

    assertThat(resumed).isEqualTo(expected(people));
    // The interrupted run may already have sent its last batch, of one row, when it heard of the
    // failure.
    assertThat(server.rows().subList(9, server.rows().size()))
        .as("only what had no answer is asked")
        .hasSize(4)
        .doesNotContainAnyElementsOf(server.rows().subList(0, 6));
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void a_row_is_known_in_any_batch_and_any_order() {
    ask(4, people);
    int[] reversed = IntStream.range(0, 10).map(row -> 9 - row).toArray();

    assertThat(ask(7, people.select(reversed))).isEqualTo(expected(people.select(reversed)));
    assertThat(server.requests()).as("those of the first run").hasSize(3);
  }

  @Test
  void answers_from_the_cache_are_the_same_to_the_last_bit() {
    double[] asked = ask(10, people);

    assertThat(ask(10, people)).isEqualTo(asked);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void wherever_a_killed_process_stopped_writing_only_the_torn_row_is_asked_again()
      throws IOException {
    Table three = firstPeople(3);
    ask(3, three);
    byte[] whole = Files.readAllBytes(file());
    int lastLine =
        new String(whole, 0, whole.length - 1, StandardCharsets.UTF_8).lastIndexOf('\n') + 1;
    for (int length = lastLine; length < whole.length; length += 7) {
      Files.write(file(), Arrays.copyOf(whole, length));
      int before = server.rows().size();

      assertThat(ask(3, three)).isEqualTo(expected(three));

      assertThat(server.rows()).as("cut at byte %d", length).hasSize(before + 1);
      assertThat(Files.readAllBytes(file())).isEqualTo(whole);
    }
  }

  @Test
  void a_line_that_cannot_be_read_is_asked_again_and_the_others_are_not() throws IOException {
    ask(10, people);
    List<String> lines = Files.readAllLines(file());
    lines.set(4, lines.get(4).substring(0, 80));
    Files.write(file(), lines);

    assertThat(ask(10, people)).isEqualTo(expected(people));
    assertThat(server.rows()).hasSize(11);
    assertThat(server.rows().get(10)).isEqualTo(server.rows().get(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[0.5]", "[0.1,0.2,0.7]", "[0.9,0.9]", "\"1\"", "[]", "[\"NaN\",0]"})
  void an_answer_of_another_form_is_asked_again(String kept) throws IOException {
    Table people = Loans.people(10);
    ask(10, people);
    List<String> lines = new ArrayList<>(Files.readAllLines(file()));
    lines.set(4, lines.get(4).substring(0, 65) + kept);
    Files.write(file(), lines);

    assertThat(ask(10, people)).isEqualTo(expected(people));
    assertThat(server.rows()).hasSize(11);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobody_else_may_read_the_answers() throws IOException {
    ask(10, Loans.people(10));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");

    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    ask(10, Loans.people(10));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void labels_are_kept_too() {
    HttpOptions options =
        Loans.quick()
            .contract(ModelContract.none().withClasses(List.of("no", "yes")))
            .answerCache(folder)
            .build();
    try (LoopbackServer labels =
        Loans.inputs().output("label", "BYTES", -1).model(row -> List.of("yes"))) {
      for (int run = 0; run < 2; run++) {
        try (HttpClassifier model = HttpClassifier.open(labels.url(), options, Progress.NONE)) {
          assertThat(((Answers.Hard) model.answer(firstPeople(2))).labels()).containsExactly(1, 1);
        }
      }
      assertThat(labels.requests()).hasSize(1);
    }
  }

  @Test
  void bad_answers_are_not_kept() {
    server.once(LoopbackServer.edited("\"data\":\\[[^,]+", "\"data\":[NaN"));
    assertThatThrownBy(() -> ask(10, people)).isInstanceOf(HttpModelException.class);

    assertThat(ask(10, people)).isEqualTo(expected(people));
  }

  @Test
  void another_model_at_the_same_url_gets_its_own_answers() {
    ask(10, people);
    server.output("logits", "FP64", -1, 2).model(row -> List.of(List.of(0.5, 0.5), List.of(0, 0)));

    assertThat(ask(10, people)).containsOnly(Math.log(0.5));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void two_runs_do_not_write_into_one_file() throws IOException {
    try (HttpClassifier first = open(1)) {
      assertThatThrownBy(() -> open(1))
          .isInstanceOf(HttpModelException.class)
          .hasMessage(
              "The answer cache '%s' is in use by another run; wait for it, or name another folder.",
              file());
      assertThat(first.answer(people).rows()).isEqualTo(10);
    }
  }

  @Test
  void a_file_in_place_of_the_folder_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    HttpOptions options = Loans.quick().answerCache(file).build();

    assertThatThrownBy(() -> HttpClassifier.open(server.url(), options, Progress.NONE))
        .isInstanceOf(HttpModelException.class)
        .hasMessageMatching(
            "The answer cache '.*taken.*loans-[0-9a-f]{16}\\.answers' cannot be opened \\(.*\\); name a folder that can be written to\\.");
  }
}

package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.http.Asking.column;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evenhand.core.Answers;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model behind a URL in the hands of several threads. */
class HttpThreadsTest {
  private static final int THREADS = 8;

  private static List<double[]> askedTogether(HttpClassifier model, Table rows) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch together = new CountDownLatch(THREADS);
      List<Future<double[]>> asked = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        asked.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return ((Answers.Soft) model.answer(rows)).logProbabilities();
                }));
      }
      List<double[]> given = new ArrayList<>();
      for (Future<double[]> each : asked) {
        given.add(each.get());
      }
      return given;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void threads_that_ask_together_get_what_one_gets(@TempDir Path folder) throws Exception {
    Table people = Loans.people(40);
    try (LoopbackServer server = Loans.server();
        HttpClassifier model =
            Asking.open(server, Loans.quick().batchSize(7).answerCache(folder).build())) {
      double[] expected = Loans.expected(model.classes(), people).logProbabilities();

      assertThat(askedTogether(model, people))
          .hasSize(THREADS)
          .allSatisfy(given -> assertThat(given).containsExactly(expected));
    }
  }

  /** Which output is read is settled by the first answer, whoever gets it. */
  @Test
  void threads_that_ask_first_together_read_the_same_output() throws Exception {
    Table rows =
        column(
            new NumericColumn("a", new double[] {0.5, -1, 2}),
            new NumericColumn("b", new double[] {0, 1, 1}));
    HttpOptions options =
        Loans.quick()
            .contract(
                ModelContract.none()
                    .withFeatures(List.of("a", "b"))
                    .withClasses(List.of("no", "yes"))
                    .withOutput("output_probability"))
            .datatypes(Map.of(ModelContract.ONLY_INPUT, "FP32"))
            .build();
    for (int round = 0; round < 5; round++) {
      try (ShapedServer server = new ShapedServer.Djl();
          HttpClassifier model = HttpClassifier.open(server.url(), options, Progress.NONE)) {
        List<double[]> given = askedTogether(model, rows);

        double[] alone = ((Answers.Soft) model.answer(rows)).logProbabilities();
        assertThat(given).hasSize(THREADS).allSatisfy(each -> assertThat(each).isEqualTo(alone));
      }
    }
  }
}

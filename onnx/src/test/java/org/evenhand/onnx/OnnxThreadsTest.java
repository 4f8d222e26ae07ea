package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.SmallClassifiers.TENSOR;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classifier;
import org.evenhand.core.LazyClassifier;
import org.evenhand.core.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model in the hands of several threads and processes. */
class OnnxThreadsTest {
  private static final int THREADS = 8;
  private static final Table ROWS =
      SmallClassifiers.numbers(IntStream.range(-500, 500).mapToDouble(i -> i / 100.0).toArray());

  private Path path = Path.of("");

  @BeforeEach
  void write(@TempDir Path folder) {
    path = folder.resolve("model.onnx");
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .output("logits", ElementType.FLOAT, 3)
        .write(path, 13, 0);
  }

  private static double[] answers(Classifier model) {
    return ((Answers.Soft) model.answer(ROWS)).logProbabilities();
  }

  @Test
  void threads_that_ask_together_get_what_one_gets() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (OnnxClassifier model = OnnxClassifier.open(path, TENSOR.withBatchSize(7))) {
      double[] expected = answers(model);
      CountDownLatch together = new CountDownLatch(THREADS);
      List<Future<double[]>> given = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        given.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return answers(model);
                }));
      }
      for (Future<double[]> each : given) {
        assertThat(each.get()).containsExactly(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closing_while_others_ask_leaves_each_with_an_answer_or_one_sentence() {
    for (int round = 0; round < 20; round++) {
      OnnxClassifier model = OnnxClassifier.open(path, TENSOR.withBatchSize(7));
      double[] expected = answers(model);
      CountDownLatch asking = new CountDownLatch(1);
      CompletableFuture<double[]> other =
          CompletableFuture.supplyAsync(
              () -> {
                asking.countDown();
                return answers(model);
              });
      assertThatCode(asking::await).doesNotThrowAnyException();
      model.close();

      try {
        assertThat(other.join()).containsExactly(expected);
      } catch (CompletionException e) {
        assertThat(e.getCause()).isInstanceOf(OnnxException.class).hasMessage(closed());
      }
    }
  }

  @Test
  void a_closed_model_cannot_be_asked_and_may_be_closed_twice() {
    OnnxClassifier model = OnnxClassifier.open(path, TENSOR);
    model.close();
    model.close();

    assertThatThrownBy(() -> answers(model)).isInstanceOf(OnnxException.class).hasMessage(closed());
  }

  private String closed() {
    return "The model '%s' was closed and cannot be asked any more; open it again.".formatted(path);
  }

  @Test
  void a_lazy_copy_with_its_options_answers_as_the_model() throws Exception {
    OnnxOptions options = TENSOR.withBatchSize(100).withThreads(2).withStrict(true);
    String file = path.toString();
    LazyClassifier<OnnxClassifier> lazy =
        LazyClassifier.of(() -> OnnxClassifier.open(Path.of(file), options));

    try (OnnxClassifier model = OnnxClassifier.open(path, options);
        LazyClassifier<?> copy = (LazyClassifier<?>) sent(lazy)) {
      assertThat(sent(options)).isEqualTo(options);
      assertThat(answers(copy)).containsExactly(answers(model));
      assertThat(lazy.opened().inputs()).isEqualTo(model.inputs());
    }
    assertThatThrownBy(lazy::opened).hasMessageStartingWith("The classifier was closed");
  }

  @SuppressWarnings("BanSerializableRead") // our own bytes
  private static Object sent(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}

package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LazyClassifierTest {
  private static final Table ROWS =
      Table.of(List.of(new NumericColumn("x", new double[] {-1, 0, 2})));
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final AtomicInteger CLOSED = new AtomicInteger();

  /** Answers with the column as logits of the second class. */
  private static final class Counted implements Classifier {
    private final Classifier model =
        Classifier.ofLogits(
            Classes.of("no", "yes"), table -> ((NumericColumn) table.column("x")).values());

    Counted() {
      OPENED.incrementAndGet();
    }

    @Override
    public Classes classes() {
      return model.classes();
    }

    @Override
    public Answers answer(Table inputs) {
      return model.answer(inputs);
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  private static double[] answers(Classifier model) {
    return ((Answers.Soft) model.answer(ROWS)).logProbabilities();
  }

  @BeforeEach
  void reset() {
    OPENED.set(0);
    CLOSED.set(0);
  }

  @Test
  void nothing_is_opened_before_the_first_question() {
    LazyClassifier<Counted> lazy = LazyClassifier.of(Counted::new);
    Copies.of(lazy);
    assertThat(OPENED).hasValue(0);

    assertThat(lazy.classes()).isEqualTo(Classes.of("no", "yes"));
    assertThat(OPENED).hasValue(1);
  }

  @Test
  void all_copies_and_threads_of_a_process_share_one_model_and_get_its_answers() {
    LazyClassifier<Counted> lazy = LazyClassifier.of(Counted::new);
    double[] expected = answers(new Counted());
    OPENED.set(0);

    List<double[]> given =
        IntStream.range(0, 64).parallel().mapToObj(copy -> answers(Copies.of(lazy))).toList();

    assertThat(given).allSatisfy(each -> assertThat(each).containsExactly(expected));
    assertThat(OPENED).hasValue(1);
    assertThat(Copies.of(lazy).opened()).isSameAs(lazy.opened());
    lazy.close();
    assertThat(CLOSED).hasValue(1);
  }

  @Test
  void two_lazy_classifiers_share_nothing() {
    LazyClassifier<Counted> one = LazyClassifier.of(Counted::new);
    LazyClassifier<Counted> other = LazyClassifier.of(Counted::new);

    assertThat(one.opened()).isNotSameAs(other.opened());
    one.close();
    assertThat(answers(other)).hasSize(6);
    other.close();
  }

  @Test
  void a_closed_one_cannot_be_asked_again_by_any_copy() {
    LazyClassifier<Counted> lazy = LazyClassifier.of(Counted::new);
    LazyClassifier<Counted> copy = Copies.of(lazy);
    answers(copy);
    lazy.close();
    lazy.close();

    assertThat(CLOSED).hasValue(1);
    assertThatThrownBy(() -> answers(copy))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "The classifier was closed in this process and cannot be asked any more; close it where the last one has asked.");
  }

  @Test
  void what_was_never_opened_is_not_opened_to_be_closed() {
    LazyClassifier.of(Counted::new).close();

    assertThat(OPENED).hasValue(0);
  }

  @Test
  void a_model_that_could_not_be_opened_is_tried_again() {
    LazyClassifier<Counted> lazy =
        LazyClassifier.of(
            () -> {
              if (OPENED.incrementAndGet() == 1) {
                throw new CoreException("The file is not there yet.");
              }
              return new Counted();
            });

    assertThatThrownBy(lazy::opened).hasMessage("The file is not there yet.");
    assertThat(answers(lazy)).hasSize(6);
    lazy.close();
  }

  @Test
  void what_is_declared_of_a_model_and_what_it_reads_travel_too() {
    ModelContract contract =
        ModelContract.none()
            .withFeatures(List.of("a", "b"))
            .withClasses(List.of("no", "yes"))
            .withOutput("p");
    InputColumn column = new InputColumn("a", InputColumn.Kind.TENSOR, List.of(3, 2, 2));

    assertThat(Copies.of(contract)).isEqualTo(contract);
    assertThat(Copies.of(ModelContract.none())).isEqualTo(ModelContract.none());
    assertThat(Copies.of(column)).isEqualTo(column);
    assertThat(Copies.of(Classes.of("no", "yes"))).isEqualTo(Classes.of("no", "yes"));
  }
}

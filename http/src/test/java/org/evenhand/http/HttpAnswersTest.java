package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.http.Asking.answer;
import static org.evenhand.http.Asking.assertNotOpened;
import static org.evenhand.http.Asking.numbers;
import static org.evenhand.http.Asking.probabilities;
import static org.evenhand.http.Asking.sigmoid;

import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;

/** What is made of a server's answers. */
class HttpAnswersTest {
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
                  answer(
                      declared,
                      Loans.quick().contract(ModelContract.none().withOutput(ModelContract.LOGITS)),
                      numbers("a", 0))))
          .containsExactly(expected, within(1e-15));
    }
  }

  @Test
  void independent_sigmoids_are_declared_and_become_a_distribution() {
    try (LoopbackServer server = scores("out", 0.9, 0.6, 0.5)) {
      Answers answers =
          answer(
              server,
              Loans.quick().contract(ModelContract.none().withOutput(ModelContract.SIGMOID)),
              numbers("a", 0));

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
              probabilities(
                  answer(
                      server,
                      Loans.quick().contract(ModelContract.none().withOutput("probabilities")),
                      numbers("a", 0))))
          .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
      assertThat(
              answer(
                  server,
                  Loans.quick()
                      .contract(
                          ModelContract.none().withOutput("label").withClasses(List.of("n", "y"))),
                  numbers("a", 0)))
          .isInstanceOf(Answers.Hard.class);
    }
  }

  @Test
  void a_model_that_only_names_classes_gives_hard_answers() {
    try (LoopbackServer server = labels("BYTES", "yes", "no", "yes")) {
      Answers answers =
          answer(
              server,
              Loans.quick().contract(ModelContract.none().withClasses(List.of("no", "yes"))),
              numbers("a", 0, 1, 2));

      assertThat(answers).isInstanceOf(Answers.Hard.class);
      assertThat(answers.decisions(DecisionRule.MOST_PROBABLE)).containsExactly(1, 0, 1);
    }
  }

  @Test
  void whole_numbers_are_positions_unless_the_classes_are_numbers_themselves() {
    try (LoopbackServer server = labels("INT64", 1, 0, 1)) {
      Table rows = numbers("a", 0, 1, 2);

      assertThat(
              answer(
                      server,
                      Loans.quick()
                          .contract(ModelContract.none().withClasses(List.of("no", "yes"))),
                      rows)
                  .decisions(DecisionRule.MOST_PROBABLE))
          .containsExactly(1, 0, 1);
      assertThat(
              answer(
                      server,
                      Loans.quick().contract(ModelContract.none().withClasses(List.of("1", "0"))),
                      rows)
                  .decisions(DecisionRule.MOST_PROBABLE))
          .containsExactly(0, 1, 0);
    }
  }

  @Test
  void booleans_are_the_first_and_the_second_class() {
    try (LoopbackServer server = labels("BOOL", true, false)) {
      Answers answers =
          answer(
              server,
              Loans.quick().contract(ModelContract.none().withClasses(List.of("no", "yes"))),
              numbers("a", 0, 1));

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
  void an_unclear_choice_of_output_is_left_to_the_user() {
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, 2).output("q", "FP32", -1, 2),
        Loans.quick(),
        "The outputs 'p', 'q' could each be the model's answer; choose one.",
        Setting.OUTPUT);
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, 2).output("label", "INT64", -1),
        Loans.quick().contract(ModelContract.none().withOutput("r")),
        "The server declares no output 'r' but 'p', 'label'; if it answers that one all the same, name the classes too.",
        Setting.OUTPUT,
        Setting.CLASSES);
    assertNotOpened(
        Loans.inputs(),
        Loans.quick(),
        "The server does not say what the model answers; name the classes, and the output if it has several.",
        Setting.OUTPUT,
        Setting.CLASSES);
  }

  @Test
  void unknown_or_wrong_numbers_of_classes_are_refused() {
    assertNotOpened(
        Loans.inputs().output("label", "INT64", -1),
        Loans.quick(),
        "The model does not say which classes its output 'label' decides between; name them.",
        Setting.CLASSES);
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, -1),
        Loans.quick(),
        "The model does not say which classes its output 'p' decides between; name them.",
        Setting.CLASSES);
    assertNotOpened(
        Loans.inputs(),
        Loans.quick().contract(ModelContract.none().withOutput("p")),
        "The model does not say which classes its output 'p' decides between; name them.",
        Setting.CLASSES);
    assertNotOpened(
        Loans.inputs().output("p", "FP32", -1, 2),
        Loans.quick().contract(ModelContract.none().withClasses(List.of("a", "b", "c"))),
        "3 classes are declared, but the model's output 'p' has scores for 2.",
        Setting.CLASSES);
  }
}

package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
  private static double[] logs(double... probabilities) {
    return DoubleStream.of(probabilities).map(Math::log).toArray();
  }

  @Test
  void a_rule_that_was_sent_to_another_process_is_the_same_rule() throws Exception {
    for (DecisionRule rule : List.of(DecisionRule.OF_MODEL, DecisionRule.MOST_PROBABLE)) {
      assertThat(sent(rule)).isSameAs(rule);
    }
    assertThat(sent(DecisionRule.threshold(0.3)).threshold()).hasValue(0.3);
  }

  private static DecisionRule sent(DecisionRule rule) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rule);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (DecisionRule) in.readObject();
    }
  }

  @Test
  void the_most_probable_class_is_decided_and_on_a_tie_the_first() {
    assertThat(
            DecisionRule.MOST_PROBABLE.decide(logs(0.2, 0.5, 0.3, 0.4, 0.2, 0.4, 0.1, 0.1, 0.8), 3))
        .containsExactly(1, 0, 2);
  }

  @Test
  void a_probability_written_exactly_as_the_threshold_reaches_it() {
    for (double threshold : new double[] {0.1, 0.3, 0.5, 0.7, 0.95}) {
      assertThat(
              DecisionRule.threshold(threshold)
                  .decide(
                      logs(
                          1 - threshold,
                          threshold,
                          1 - threshold,
                          Math.nextDown(threshold) - 1e-12),
                      2))
          .containsExactly(1, 0);
    }
  }

  @Test
  void at_one_half_a_tie_goes_to_the_second_class_where_a_threshold_is_given() {
    assertThat(DecisionRule.threshold(0.5).decide(logs(0.5, 0.5), 2)).containsExactly(1);
    assertThat(DecisionRule.MOST_PROBABLE.decide(logs(0.5, 0.5), 2)).containsExactly(0);
  }

  @Test
  void a_threshold_is_strictly_between_0_and_1_and_for_two_classes() {
    assertThatThrownBy(() -> DecisionRule.threshold(1))
        .isInstanceOf(CoreException.class)
        .hasMessage("The threshold is 1.0; it must lie strictly between 0 and 1.");
    assertThatThrownBy(() -> DecisionRule.threshold(Double.NaN)).isInstanceOf(CoreException.class);
    assertThatThrownBy(() -> DecisionRule.threshold(0.5).decide(logs(0.2, 0.3, 0.5), 3))
        .isInstanceOf(CoreException.class)
        .hasMessage("A threshold applies to two classes, but the model decides between 3.");
  }

  @Test
  void the_threshold_can_be_read_back() {
    assertThat(DecisionRule.threshold(0.25).threshold()).hasValue(0.25);
    assertThat(DecisionRule.MOST_PROBABLE.threshold()).isEmpty();
  }
}

package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricTest {
  @Test
  void keys_and_titles_name_one_metric_of_a_kind() {
    assertThat(Metric.all()).extracting(Metric::title).doesNotHaveDuplicates();
    assertThat(ValueMetric.values()).extracting(Metric::key).doesNotHaveDuplicates();
  }

  @Test
  void keys_are_in_snake_case_and_definitions_are_sentences() {
    assertThat(Metric.all())
        .allSatisfy(
            metric -> {
              assertThat(metric.key()).matches("[a-z]+(_[a-z]+)*");
              assertThat(metric.definition()).matches("[A-Z].*\\.");
              assertThat(metric.heading()).matches("[A-Z].*");
            });
  }

  @Test
  void no_metric_of_an_attribute_is_kept_from_people() {
    assertThat(AttributeMetric.forPeople()).containsExactlyInAnyOrder(AttributeMetric.values());
  }
}

package org.evenhand.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a run has come. */
class ProgressTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private final StringWriter shown = new StringWriter();
  private long nanos;

  private ProgressBar bar(boolean terminal, int width) {
    return new ProgressBar(new PrintWriter(shown), terminal, () -> width, () -> nanos);
  }

  private static final long SECOND = 1_000_000_000L;

  @Test
  void the_parts_of_a_run_share_one_estimate() {
    Course course = new Course();
    course.begin(0.2);
    assertThat(course.step("asking", 1, 2)).isCloseTo(0.2 * 0.9 / 2, EXACT);
    assertThat(course.step("asking", 2, 2)).isCloseTo(0.18, EXACT);
    course.begin(1);
    assertThat(course.step("fitting", 1, 4)).isCloseTo(0.18 + 0.82 * 0.9 / 4, EXACT);
  }

  @Test
  void the_steps_of_a_task_have_tasks_of_their_own() {
    Course course = new Course();
    course.begin(1);
    course.step("methods", 0, 2);
    assertThat(course.step("folds", 1, 5)).isCloseTo(0.9 / 2 * 0.9 / 5, EXACT);
    assertThat(course.step("methods", 1, 2)).isCloseTo(0.9 / 2, EXACT);
    assertThat(course.step("folds", 1, 5)).isCloseTo(0.9 / 2 * (1 + 0.9 / 5), EXACT);
    assertThat(course.step("methods", 2, 2)).isCloseTo(0.9, EXACT);
  }

  @Test
  void a_task_that_follows_shares_the_rest() {
    Course course = new Course();
    course.begin(1);
    assertThat(course.step("trying", 3, 3)).isCloseTo(0.9, EXACT);
    assertThat(course.step("measuring", 1, 2)).isCloseTo(0.9 + 0.1 * 0.9 / 2, EXACT);
    assertThat(course.step("measuring", 1, 2)).isCloseTo(0.945, EXACT);
  }

  @Test
  void it_never_goes_back() {
    Course course = new Course();
    course.begin(1);
    double last = 0;
    for (int round = 0; round < 4; round++) {
      for (int fold = 1; fold <= 5; fold++) {
        double share = course.step("folds", fold, 5);
        assertThat(share).isBetween(last, 1.0);
        last = share;
      }
    }
    assertThat(last).isGreaterThan(0.99);
  }

  @Test
  void the_remaining_time_is_that_of_the_whole_run() {
    ProgressBar bar = bar(true, 80);
    bar.begin(0.5);
    nanos = 45 * SECOND;

    bar.step("asking, 5/s", 1, 2);

    // 0.5 of the run, of which nine tenths of one half: 22.5 % in 45 s.
    assertThat(shown)
        .hasToString("\rasking, 5/s 1/2 [=====                   ] 23 %, about 3 min left\u001b[K");
  }

  @ParameterizedTest
  @CsvSource({"80", "60", "40", "30", "20"})
  void a_line_fits(int width) {
    ProgressBar bar = bar(true, width);
    nanos = 3 * SECOND;

    bar.step("cross-validating estimators", 1, 5);

    assertThat(shown.toString().replaceAll("\r|\u001b\\[K", ""))
        .hasSizeLessThan(width)
        .contains("18 %, about 14 s");
  }

  @Test
  void nothing_is_shown_in_the_first_two_seconds_and_where_nobody_looks() {
    nanos = 0;
    ProgressBar early = bar(true, 80);
    early.step("asking", 1, 2);
    nanos = 10 * SECOND;
    ProgressBar unseen = bar(false, 80);
    nanos = 20 * SECOND;
    unseen.step("asking", 1, 2);
    unseen.close();

    assertThat(shown.toString()).isEmpty();
  }

  @Test
  void the_line_is_taken_away_in_the_end() {
    ProgressBar bar = bar(true, 80);
    nanos = 3 * SECOND;
    bar.step("asking", 1, 2);

    bar.close();
    bar.close();

    assertThat(shown.toString()).endsWith("\u001b[K\r\u001b[K");
  }
}

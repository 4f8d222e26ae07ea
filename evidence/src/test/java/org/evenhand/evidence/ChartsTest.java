package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupAccuracy;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final Comparison ALONE =
      Comparison.of(Samples.auditEvidence(Samples.race(false))).get(0);
  private static final Comparison REPAIRED = Comparison.of(Samples.repairEvidence()).get(0);

  @Test
  void an_accuracy_lies_on_the_axis_in_proportion() {
    GroupAccuracy half =
        new GroupAccuracy("yes", "Black", 100, 50, new Estimate.Known(0.5, 0.25, 1), true);

    String picture = DotPlot.of("id", "yes", List.of(half), ALONE).markup();

    // The axis runs from 8 to 392: 0.25 ↦ 104, 0.5 ↦ 200, 1 ↦ 392; the only mark of the first row
    // is
    // 28 below its top, which is 6.
    assertThat(picture)
        .contains("<line class=\"whisker\" x1=\"104.0\" y1=\"34.0\" x2=\"392.0\" y2=\"34.0\"/>")
        .contains("<circle cx=\"200.0\" cy=\"34.0\"");
  }

  @Test
  void before_and_after_are_two_marks_of_one_row() {
    GroupAccuracy before = REPAIRED.before().groups().get(0);

    String picture = DotPlot.of("id", "no", List.of(before), REPAIRED).markup();

    // 197 and 209 of 303 rows: 8 + 384·0.65017 and 8 + 384·0.68977
    assertThat(picture)
        .contains("<circle cx=\"257.7\" cy=\"34.0\"")
        .contains("<circle cx=\"272.9\" cy=\"46.0\"")
        .contains("65.0\u00a0% → 69.0\u00a0%");
  }

  @Test
  void a_group_without_rows_is_shown_as_such() {
    GroupAccuracy empty =
        new GroupAccuracy("yes", "North", 0, 0, new Estimate.Unknown("No row."), false);

    String picture = DotPlot.of("id", "yes", List.of(empty), ALONE).markup();

    assertThat(picture).contains("cannot be estimated").doesNotContain("<circle");
  }

  @Test
  void the_axis_of_gaps_ends_at_the_next_five_points() {
    assertThat(LeadPlot.axisEnd(0.08)).isEqualTo(0.1);
    assertThat(LeadPlot.axisEnd(0.2)).isEqualTo(0.2);
    assertThat(LeadPlot.axisEnd(0.201)).isEqualTo(0.25);
    assertThat(LeadPlot.axisEnd(0)).isEqualTo(0.05);
    assertThat(LeadPlot.axisEnd(1)).isEqualTo(1);
  }

  @Test
  void model_bias_lies_between_tolerance_and_noise_floor_to_scale() {
    String picture = LeadPlot.of("id", ALONE).markup();

    // The interval ends at 20.1 points, so the axis runs from 100 (0) to 588 (25 points): 5 points
    // are 97.6 wide, the gap of 16.1 lies at 100 + 488·16.1/25, the noise floor is 488·5.7/25 wide.
    assertThat(picture)
        .contains("<line class=\"tolerance\" x1=\"197.6\"")
        .contains("<circle cx=\"414.3\"")
        .contains("width=\"111.3\"");
  }

  @Test
  void long_names_are_shortened_between_characters() {
    assertThat(Charts.shortened("short", 5)).isEqualTo("short");
    assertThat(Charts.shortened("longer", 5)).isEqualTo("long…");
    assertThat(Charts.shortened("😀😀😀", 2)).isEqualTo("😀…");
  }
}

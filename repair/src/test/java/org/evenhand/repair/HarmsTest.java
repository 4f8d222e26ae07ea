package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a harm, at its limits. */
class HarmsTest {
  private static final PairedChange NOTHING = new PairedChange(0, -0.01, 0.01);
  private static final AttributeChange UNCHANGED = new AttributeChange("town", Map.of());
  private static final AuditResult EVEN = audit("town", 100, (value, row) -> row < 50 ? 0.9 : 0.1);

  private interface Chance {
    /** The model's probability of "yes" for a row of the value. */
    double yes(int value, int row);
  }

  /** As many rows of either value, of which the first half is "yes". */
  private static AuditResult audit(String attribute, int each, Chance chance) {
    double[] probabilities = new double[4 * each];
    int[] targets = new int[2 * each];
    int[] values = new int[2 * each];
    for (int i = 0; i < targets.length; i++) {
      int row = i % each;
      values[i] = i / each;
      targets[i] = row < each / 2 ? 1 : 0;
      probabilities[2 * i + 1] = chance.yes(values[i], row);
      probabilities[2 * i] = 1 - probabilities[2 * i + 1];
    }
    LabelledSet rows =
        LabelledSet.of(
            Table.of(List.of(new NumericColumn("x", new double[targets.length]))),
            new Target("repaid", Loans.CLASSES, targets),
            List.of(new Attribute(attribute, Loans.TOWNS, values)));
    return Audit.of(
        rows,
        Answers.Soft.ofProbabilities(Loans.CLASSES, probabilities, Answers.FLOAT_FLOOR),
        AuditSettings.DEFAULT);
  }

  /** Of a repair of the attribute town. */
  private static List<Harm> harms(
      AuditResult before, AuditResult after, PairedChange overall, AttributeChange change) {
    return harms(before, after, overall, change, List.of());
  }

  private static List<Harm> harms(
      AuditResult before,
      AuditResult after,
      PairedChange overall,
      AttributeChange change,
      List<PeopleChange> people) {
    return Harms.of(
        Loans.proposal(new Loans.Shift(0)), before, after, overall, List.of(change), people);
  }

  private static List<Harm.Code> codes(AuditResult before, AuditResult after) {
    String attribute = before.attributes().get(0).attribute();
    return harms(before, after, NOTHING, new AttributeChange(attribute, Map.of())).stream()
        .map(Harm::code)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"-0.021, true", "-0.02, false", "0.3, false"})
  void overall_accuracy_is_harmed_where_it_falls_by_more_than_2_points(
      double change, boolean harmed) {
    List<Harm> harms = harms(EVEN, EVEN, new PairedChange(change, -1, 1), UNCHANGED);

    assertThat(harms).hasSize(harmed ? 1 : 0);
    assertThat(harms)
        .allSatisfy(
            harm -> {
              assertThat(harm.code()).isEqualTo(Harm.Code.ACCURACY);
              assertThat(harm.text()).isEqualTo("Overall accuracy falls by 2.1 points.");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "WORST_GROUP,   WORST_GROUP,   Worst group accuracy by 'town' falls by 5.0 points",
    "AVERAGE_GROUP, AVERAGE_GROUP, Average group accuracy by 'town' falls by 5.0 points"
  })
  void groups_are_harmed_where_their_accuracy_falls_beyond_chance(
      Aim aim, Harm.Code code, String text) {
    PairedChange beyond = new PairedChange(-0.05, -0.09, -0.001);
    PairedChange chance = new PairedChange(-0.05, -0.09, 0.001);

    assertThat(harms(EVEN, EVEN, NOTHING, new AttributeChange("town", Map.of(aim, beyond))))
        .singleElement()
        .satisfies(
            harm -> {
              assertThat(harm.code()).isEqualTo(code);
              assertThat(harm.text()).isEqualTo(text + ", beyond chance.");
            });
    assertThat(harms(EVEN, EVEN, NOTHING, new AttributeChange("town", Map.of(aim, chance))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"100, 79, true", "100, 80, false", "79, 79, false", "79, 70, false"})
  void the_impact_ratio_is_harmed_where_it_is_newly_below_four_fifths(
      int before, int after, boolean harmed) {
    assertThat(codes(selecting(before), selecting(after)).contains(Harm.Code.IMPACT_RATIO))
        .isEqualTo(harmed);
  }

  /** Everybody of the first value is selected, and so many of a hundred of the second. */
  private static AuditResult selecting(int ofSecond) {
    return audit("town", 100, (value, row) -> value == 0 || row < ofSecond ? 0.9 : 0.1);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.53, true", "100, 0.515, false", "100, 0.5, false", "20, 0.6, false"})
  void
      calibration_is_harmed_where_the_error_of_a_value_with_enough_rows_rises_by_more_than_2_points(
          int rows, double chance, boolean harmed) {
    AuditResult calibrated = audit("town", rows, (value, row) -> 0.5);
    AuditResult changed = audit("town", rows, (value, row) -> value == 1 ? chance : 0.5);

    assertThat(codes(calibrated, changed).contains(Harm.Code.CALIBRATION)).isEqualTo(harmed);
    assertThat(codes(changed, calibrated)).doesNotContain(Harm.Code.CALIBRATION);
  }

  @Test
  void another_attribute_is_harmed_where_it_is_no_longer_within_tolerance() {
    assertThat(codes(erring("age", 10), erring("age", 4))).contains(Harm.Code.ATTRIBUTE);
    assertThat(codes(erring("age", 10), erring("age", 10))).doesNotContain(Harm.Code.ATTRIBUTE);
    // It was not within tolerance before, or it is the attribute that the repair is for.
    assertThat(codes(erring("age", 4), erring("age", 3))).doesNotContain(Harm.Code.ATTRIBUTE);
    assertThat(codes(erring("town", 10), erring("town", 4))).doesNotContain(Harm.Code.ATTRIBUTE);
  }

  /** One decision in ten is wrong for the first value, one in so many for the second. */
  private static AuditResult erring(String attribute, int oneIn) {
    int each = 4000;
    return audit(
        attribute,
        each,
        (value, row) -> row < each / 2 == (row % (value == 0 ? 10 : oneIn) != 0) ? 0.9 : 0.1);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 0, 20 of 20 changed decisions become favourable.",
    "0, 20, 20 of 20 changed decisions become unfavourable.",
    "1, 19, 19 of 20 changed decisions become unfavourable.",
    "19, 0, ",
    "2, 18, "
  })
  void decisions_are_one_way_where_95_in_100_of_at_least_20_change_alike(
      int toFavourable, int toUnfavourable, String text) {
    List<PeopleChange> people =
        List.of(
            new PeopleChange("town", "east", 100, 40, toFavourable, 0, 0, 0),
            new PeopleChange("town", "west", 100, 40, 0, toUnfavourable, 0, 0),
            // The same people once more, under their other attribute.
            new PeopleChange("age", "old", 200, 80, 20, 20, 0, 0));

    assertThat(harms(EVEN, EVEN, NOTHING, UNCHANGED, people))
        .extracting(Harm::text)
        .isEqualTo(text == null ? List.of() : List.of(text));
  }
}

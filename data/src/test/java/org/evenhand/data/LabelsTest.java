package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.CoreException;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Classes NO_YES = Classes.of("no", "yes");

  private static Table text(String... values) {
    return Table.of(List.of(TextColumn.of("x", List.of(values))));
  }

  private static Table numbers(double... values) {
    return Table.of(List.of(new NumericColumn("x", values)));
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessage(message);
  }

  @Test
  void classes_are_the_values_in_their_order() {
    Target target = Labels.target(text("yes", "no", "yes"), "x");

    assertThat(target.classes().names()).containsExactly("no", "yes");
    assertThat(target.codes()).containsExactly(1, 0, 1);
  }

  @Test
  void numbers_are_ordered_by_size_and_whole_ones_shown_without_a_fraction() {
    assertThat(Labels.target(numbers(10, 9, 0.5, -0.0, 0), "x").classes().names())
        .containsExactly("0", "0.5", "9", "10");
    // The same digits, kept as text because a model wants text.
    assertThat(Labels.target(text("10", "9", "other", "2"), "x").classes().names())
        .containsExactly("2", "9", "10", "other");
  }

  @Test
  void a_target_is_coded_in_the_order_of_the_models_classes() {
    assertThat(Labels.target(text("yes", "no"), "x", Classes.of("yes", "no", "maybe")).codes())
        .containsExactly(0, 1);
    assertThat(Labels.target(numbers(1, 0), "x", Classes.of("0", "1")).codes())
        .containsExactly(1, 0);
    assertThat(Labels.target(text("1.0", "0"), "x", Classes.of("0", "1")).codes())
        .containsExactly(1, 0);
  }

  @Test
  void a_value_that_is_no_class_is_named_with_its_row_and_the_classes() {
    assertRefused(
        () -> Labels.target(text("no", "yes", "yes."), "x", NO_YES),
        "Column 'x', data row 3: 'yes.' is none of the classes no, yes; correct the cell, or name the model's classes in its order.");
  }

  @Test
  void classes_by_other_names_than_the_columns_are_refused_with_both() {
    assertRefused(
        () -> Labels.target(numbers(1, 0, 1), "x", NO_YES),
        "Column 'x' holds 1, 0, but the classes are called no, yes; call them as the column does, in the model's order. Other names can be shown on pages.");
    assertRefused(
        () ->
            Labels.target(text("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"), "x", NO_YES),
        "Column 'x' holds a, b, c, d, e, f, g, h, i, j, …, but the classes are called no, yes; call them as the column does, in the model's order. Other names can be shown on pages.");
  }

  @Test
  void a_missing_target_is_named_with_its_row_and_the_classes() {
    assertRefused(
        () -> Labels.target(text("no", "", "yes"), "x"),
        "Column 'x', data row 2: the class is missing; expected one of no, yes.");
    assertRefused(
        () -> Labels.target(numbers(0, Double.NaN), "x", Classes.of("0", "1")),
        "Column 'x', data row 2: the class is missing; expected one of 0, 1.");
  }

  @Test
  void a_constant_target_is_refused() {
    assertRefused(
        () -> Labels.target(numbers(1, 1), "x"),
        "Column 'x' is '1' in every row; a target needs at least two classes.");
    assertRefused(
        () -> Labels.target(text("1", "1.0"), "x", Classes.of("0", "1")),
        "Column 'x' is '1' in every row; a target needs at least two classes.");
    assertRefused(() -> Labels.target(text("", ""), "x"), "Column 'x' is empty in every row.");
  }

  @Test
  void a_target_of_very_many_values_is_refused() {
    assertRefused(
        () -> Labels.target(numbers(IntStream.range(0, 101).asDoubleStream().toArray()), "x"),
        "Column 'x' has 101 distinct values, too many for a target (at most 100); name a column of"
            + " classes.");
  }

  @Test
  void an_attributes_values_are_sorted_and_those_that_do_not_occur_left_out() {
    Table some = text("White", "Other", "Black", "White").select(new int[] {0, 2, 3});

    Attribute race = Labels.attribute(some, "x");

    assertThat(race.values()).containsExactly("Black", "White");
    assertThat(race.codes()).containsExactly(1, 0, 1);
  }

  @Test
  void rows_without_the_attribute_are_unknown() {
    Attribute ofText = Labels.attribute(text("w", "", "b", ""), "x");
    assertThat(ofText.values()).containsExactly("b", "w");
    assertThat(ofText.codes()).containsExactly(1, Attribute.UNKNOWN, 0, Attribute.UNKNOWN);

    Attribute ofNumbers = Labels.attribute(numbers(2, Double.NaN, 1), "x");
    assertThat(ofNumbers.values()).containsExactly("1", "2");
    assertThat(ofNumbers.codes()).containsExactly(1, Attribute.UNKNOWN, 0);
  }

  @Test
  void an_attribute_of_one_value_or_of_very_many_is_refused() {
    assertRefused(
        () -> Labels.attribute(text("w", "", "w"), "x"),
        "Column 'x' is 'w' wherever it is known; there is no second group to compare with.");
    assertRefused(
        () -> Labels.attribute(numbers(IntStream.range(0, 150).asDoubleStream().toArray()), "x"),
        "Column 'x' holds 150 different numbers, too many to compare one by one (at most 20); audit"
            + " them in bands that begin at numbers such as x=37,75,112.");
  }

  @Test
  void weights_are_numbers_that_are_not_negative() {
    assertThat(Labels.weights(numbers(0, 2.5), "x")).containsExactly(0, 2.5);
    assertRefused(
        () -> Labels.weights(numbers(1, -2), "x"),
        "Column 'x', data row 2: the weight is -2; weights are numbers that are not negative.");
    assertRefused(
        () -> Labels.weights(numbers(Double.NaN), "x"),
        "Column 'x', data row 1: the weight is missing; weights are numbers that are not negative.");
    assertRefused(
        () -> Labels.weights(numbers(0, 0), "x"),
        "All weights in column 'x' are zero; at least one row must count.");
    assertRefused(
        () -> Labels.weights(text("a"), "x"),
        "Column 'x' holds text, but weights must be numbers.");
  }

  @Test
  void a_score_is_the_probability_of_the_second_class() {
    Answers.Soft answers = Labels.scores(numbers(0.25, 1), "x", NO_YES);

    assertThat(Math.exp(answers.logProbabilities()[0])).isCloseTo(0.75, within());
    assertThat(Math.exp(answers.logProbabilities()[1])).isCloseTo(0.25, within());
    // Zero, as near as a logarithm can come to it.
    assertThat(Math.exp(answers.logProbabilities()[2])).isCloseTo(1e-7, within());
    assertThat(answers.decisions(DecisionRule.threshold(0.25))).containsExactly(1, 1);
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-12);
  }

  @Test
  void a_score_that_is_no_probability_is_named_with_its_row() {
    assertRefused(
        () -> Labels.scores(numbers(0.5, 7), "x", NO_YES),
        "Column 'x', data row 2: the score is 7; expected the probability of class 'yes', between 0"
            + " and 1.");
    assertRefused(
        () -> Labels.scores(numbers(Double.NaN), "x", NO_YES),
        "Column 'x', data row 1: the score is missing; expected the probability of class 'yes',"
            + " between 0 and 1.");
    assertRefused(
        () -> Labels.scores(numbers(0.5), "x", Classes.of("a", "b", "c")),
        "The scores in column 'x' need a target of two classes, but it has 3: a, b, c.");
  }

  @Test
  void predictions_name_classes() {
    assertThat(Labels.predictions(text("yes", "yes"), "x", NO_YES).labels()).containsExactly(1, 1);
    assertRefused(
        () -> Labels.predictions(text("yes", "y"), "x", NO_YES),
        "Column 'x', data row 2: 'y' is none of the classes no, yes; correct the cell, or name the model's classes in its order.");
  }

  @Test
  void a_labelled_set_hides_target_and_weights_from_the_classifier() {
    Table table =
        Table.of(
            List.of(
                new NumericColumn("age", new double[] {30, 40}),
                TextColumn.of("race", List.of("w", "b")),
                TextColumn.of("repaid", List.of("yes", "no")),
                new NumericColumn("n", new double[] {3, 1})));

    LabelledSet set =
        Labelling.of("repaid", List.of("race"))
            .withClasses(Classes.of("yes", "no"))
            .withWeights("n")
            .apply(table);

    assertThat(set.inputs().names()).containsExactly("age", "race");
    assertThat(set.target().codes()).containsExactly(0, 1);
    assertThat(set.attribute("race").codes()).containsExactly(1, 0);
    assertThat(set.weights()).containsExactly(3, 1);
    assertThat(Labelling.of("repaid", List.of("race")).apply(table).weights())
        .containsExactly(1, 1);
  }

  @Test
  void a_column_has_one_role() {
    assertRefused(
        () -> Labelling.of("race", List.of("sex", "race")),
        "Column 'race' is named twice; target, protected attributes and weights are different"
            + " columns.");
    assertRefused(() -> Labelling.of("y", List.of()), "Name at least one protected attribute.");
  }

  @Test
  void a_column_that_is_not_there_is_named_with_those_that_are() {
    assertThatThrownBy(() -> Labelling.of("y", List.of("race")).apply(text("a")))
        .isInstanceOf(CoreException.class)
        .hasMessage("There is no column 'y'; the columns are x.");
  }

  @Test
  void columns_named_together_are_crossed_and_only_combinations_that_occur_are_values() {
    Table table =
        Table.of(
            List.of(
                TextColumn.of("race", List.of("b", "a", "a", "b", "", "a")),
                TextColumn.of("sex", List.of("m", "f", "m", "m", "f", ""))));

    Attribute crossed = Labels.attribute(table, "race,sex");

    assertThat(crossed.name()).isEqualTo("race,sex");
    assertThat(crossed.values()).containsExactly("a, f", "a, m", "b, m");
    assertThat(crossed.codes()).containsExactly(2, 0, 1, 2, -1, -1);
  }

  @Test
  void a_column_whose_own_name_has_a_comma_is_not_taken_apart() {
    Table table = Table.of(List.of(TextColumn.of("race,sex", List.of("x", "y"))));

    assertThat(Labels.attribute(table, "race,sex").values()).containsExactly("x", "y");
  }
}

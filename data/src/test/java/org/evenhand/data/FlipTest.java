package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.CoreException;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlipTest {
  private static final Table PEOPLE =
      Table.of(
          List.of(
              TextColumn.of("hired", List.of("no", "yes", "no", "yes", "no")),
              TextColumn.of("sex", List.of("m", "f", "m", "m", "")),
              TextColumn.of("race", List.of("White", "White", "Black", "Other", "White")),
              TextColumn.of("role", List.of("Husband", "Wife", "Single", "Wife", "Single")),
              new NumericColumn("member", new double[] {0, 1, 1, Double.NaN, 1})));

  private final Path folder;

  FlipTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static LabelledSet people(String attribute) {
    return Labelling.of("hired", List.of(attribute))
        .withClasses(Classes.of("no", "yes"))
        .apply(PEOPLE);
  }

  private static List<String> texts(LabelledSet set, String column) {
    TextColumn text = (TextColumn) set.inputs().column(column);
    return IntStream.range(0, text.rows()).mapToObj(text::value).toList();
  }

  @Test
  void of_two_values_a_row_gets_the_other_and_a_missing_one_makes_no_pair() {
    CounterfactualPairs pairs = Flip.of("sex").pairs(people("sex"));

    assertThat(pairs.relation()).isEqualTo(Relation.SAME_INDIVIDUAL);
    assertThat(texts(pairs.factual(), "sex")).containsExactly("m", "f", "m", "m");
    assertThat(texts(pairs.counterfactual(), "sex")).containsExactly("f", "m", "f", "f");
    assertThat(texts(pairs.counterfactual(), "race"))
        .isEqualTo(texts(pairs.factual(), "race"))
        .containsExactly("White", "White", "Black", "Other");
  }

  @Test
  void a_column_of_numbers_is_flipped_as_numbers() {
    CounterfactualPairs pairs = Flip.of("member").pairs(people("member"));

    assertThat(((NumericColumn) pairs.counterfactual().inputs().column("member")).values())
        .containsExactly(1, 0, 0, 0);
  }

  @Test
  void of_many_values_a_row_gets_the_most_frequent_or_the_next() {
    CounterfactualPairs pairs = Flip.of("race").pairs(people("race"));

    // Black and Other are equally frequent; the first of them is taken.
    assertThat(texts(pairs.counterfactual(), "race"))
        .containsExactly("Black", "Black", "White", "White", "Black");
  }

  @Test
  void a_value_that_is_named_goes_to_all_rows_that_do_not_have_it() {
    CounterfactualPairs pairs =
        Flip.of("race").to(new Counterpart.Value("Other")).pairs(people("race"));

    assertThat(texts(pairs.counterfactual(), "race"))
        .containsExactly("Other", "Other", "Other", "White", "Other");
  }

  @Test
  void every_other_value_makes_a_pair_and_a_row_keeps_its_weight() {
    CounterfactualPairs pairs =
        Flip.of("race").to(new Counterpart.EveryOther()).pairs(people("race"));

    assertThat(texts(pairs.counterfactual(), "race"))
        .startsWith("Black", "Other", "Black", "Other", "Other", "White")
        .hasSize(10);
    assertThat(pairs.weight()).isEqualTo(5);
  }

  @Test
  void a_random_other_value_depends_on_the_seed_alone() {
    LabelledSet many = people("race").select(IntStream.range(0, 500).map(i -> i % 5).toArray());
    List<String> drawn = drawn(many, 7);

    assertThat(drawn).isEqualTo(drawn(many, 7)).isNotEqualTo(drawn(many, 8));
    // 300 rows are White; half of them become Black, give or take four standard errors.
    assertThat(drawn.stream().filter("Other"::equals).count()).isBetween(165L, 235L);
  }

  private static List<String> drawn(LabelledSet set, long seed) {
    return texts(
        Flip.of("race").to(new Counterpart.RandomOther(seed)).pairs(set).counterfactual(), "race");
  }

  @Test
  void linked_columns_follow_in_the_rows_and_the_direction_that_the_file_says() throws IOException {
    CounterfactualPairs pairs =
        Flip.of("sex")
            .with(links("sex,m,f,role,Husband,Wife", "sex,f,m,role,Wife,Husband"))
            .pairs(people("sex"));

    // The fourth is a man recorded as a wife: he goes from m to f, so the second link is not his.
    assertThat(texts(pairs.counterfactual(), "role"))
        .containsExactly("Wife", "Husband", "Single", "Wife");
  }

  @Test
  void links_of_another_column_do_nothing() throws IOException {
    CounterfactualPairs pairs =
        Flip.of("race").with(links("sex,m,f,role,Husband,Wife")).pairs(people("race"));

    assertThat(texts(pairs.counterfactual(), "role")).isEqualTo(texts(pairs.factual(), "role"));
  }

  @Test
  void links_of_columns_or_values_that_are_not_there_are_refused() throws IOException {
    LinkedColumns value = links("sex,m,f,role,Husbnd,Wife");
    LinkedColumns column = links("sex,m,f,rolle,Husband,Wife");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> value.requireIn(PEOPLE))
        .withMessage(
            "A link of columns names the value 'Husbnd', which column 'role' does not hold; its values are Husband, Single, Wife.");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> column.requireIn(PEOPLE))
        .withMessage(
            "There is no column 'rolle'; the columns are hired, sex, race, role, member. Did you mean 'role'?");
  }

  @Test
  void a_column_linked_to_itself_is_refused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> links("sex,m,f,role,Husband,Wife", "sex,m,f,sex,m,f"))
        .withMessage(
            "%s, data row 2: column 'sex' is linked to itself; name the column that follows."
                .formatted(folder.resolve("links.csv")));
  }

  private LinkedColumns links(String... lines) throws IOException {
    Path file = folder.resolve("links.csv");
    Files.writeString(
        file, "flip,flip_from,flip_to,column,from,to\n" + String.join("\n", lines) + "\n");
    return LinkedColumns.read(file);
  }

  @Test
  void a_column_that_is_not_there_is_named_with_those_that_are() {
    LabelledSet set = people("sex");

    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> Flip.of("gender").pairs(set))
        .withMessage("There is no column 'gender'; the columns are sex, race, role, member.");
  }

  @Test
  void a_value_that_is_not_there_is_named_with_those_that_are() {
    LabelledSet set = people("sex");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Flip.of("sex").to(new Counterpart.Value("x")).pairs(set))
        .withMessage(
            "Column 'sex' cannot be flipped to 'x', which it does not hold; its values are f, m.");
  }

  @Test
  void a_column_of_one_value_cannot_be_flipped() {
    // An unknown value is nobody's counterfactual.
    LabelledSet set =
        LabelledSet.of(
            PEOPLE,
            Labels.target(PEOPLE, "hired"),
            List.of(new Attribute("sex", List.of("m"), new int[] {0, 0, 0, 0, -1})));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Flip.of("sex").pairs(set))
        .withMessage("Column 'sex' has no value but m; flipping it needs a second one.");
  }

  @Test
  void columns_of_few_values_can_be_flipped() {
    assertThat(Flip.flippable(PEOPLE, List.of("race", "sex", "member", "age"), 2))
        .containsExactly("sex", "member");
  }

  @Test
  void an_image_cannot_be_flipped() {
    Table faces =
        Table.of(
            List.of(
                TextColumn.of("sex", List.of("f", "m")),
                TensorColumn.of("image", List.of(1), 2, (index, pixels, offset) -> {})));

    assertThat(Flip.flippable(faces, List.of("sex", "image"), 20)).containsExactly("sex");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Labels.attribute(faces, "image"))
        .withMessage(
            "Column 'image' holds tensors, such as images, which are no values to tell rows apart by; name a column of numbers or text.");
  }
}

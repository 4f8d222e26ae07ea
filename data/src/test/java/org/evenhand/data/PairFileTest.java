package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.CoreException;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairFileTest {
  private static final LabelledSet FACES =
      Labelling.of("smiles", List.of("sex"))
          .apply(
              Table.of(
                  List.of(
                      TextColumn.of("smiles", List.of("no", "no", "yes", "yes", "yes", "no")),
                      TextColumn.of("sex", List.of("m", "f", "m", "f", "f", "f")),
                      TextColumn.of("face", List.of("a", "a2", "b", "b2", "c", "c")))));
  private static final int[] ALL = IntStream.range(0, 6).toArray();

  private final Path folder;

  PairFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private PairFile file(String... lines) throws IOException {
    Path file = folder.resolve("pairs.csv");
    Files.writeString(file, "factual,counterfactual\n" + String.join("\n", lines) + "\n");
    return PairFile.read(file);
  }

  private static int[] targets(LabelledSet set) {
    return set.target().codes();
  }

  @Test
  void rows_are_named_by_number() throws IOException {
    CounterfactualPairs pairs = file("1,2", "4,3").pairs(FACES, ALL, "sex", Optional.empty());

    assertThat(pairs.relation()).isEqualTo(Relation.SAME_INDIVIDUAL);
    assertThat(pairs.factualAttribute().codes()).containsExactly(1, 0);
    assertThat(targets(pairs.counterfactual())).containsExactly(0, 1);
  }

  @Test
  void rows_are_named_by_a_key_and_only_pairs_of_the_rows_in_use_are_kept() throws IOException {
    LabelledSet unique = FACES.select(new int[] {0, 1, 2, 3});

    CounterfactualPairs pairs =
        file("a,a2", "b,b2").pairs(unique, new int[] {2}, "sex", Optional.of("face"));

    assertThat(targets(pairs.factual())).containsExactly(1);
  }

  @Test
  void a_key_that_is_not_there_or_not_unique_is_refused() throws IOException {
    PairFile pairs = file("1,2", "1,9");
    String path = folder.resolve("pairs.csv").toString();

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> pairs.pairs(FACES, ALL, "sex", Optional.empty()))
        .withMessage(path + ", data row 2: no row has the counterfactual key '9'.");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> pairs.pairs(FACES, ALL, "sex", Optional.of("face")))
        .withMessage(
            "Data rows 5 and 6 have the same key 'c' in column 'face'; pairs need keys that name one row each.");
  }

  @Test
  void pairs_that_do_not_differ_or_differ_in_the_target_are_refused() throws IOException {
    PairFile same = file("4,5");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> same.pairs(FACES, ALL, "sex", Optional.empty()))
        .withMessage("The members of pair 1 do not differ: both have 'sex' = 'f'.");

    PairFile other = file("1,4");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> other.pairs(FACES, ALL, "sex", Optional.empty()))
        .withMessage(
            "The members of pair 1 differ in the target 'smiles': 'no' and 'yes'; a pair shares its target.");
  }

  @Test
  void a_file_without_pairs_of_the_rows_in_use_is_refused() throws IOException {
    PairFile pairs = file("1,2");

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> pairs.pairs(FACES, new int[] {3}, "sex", Optional.empty()))
        .withMessage(
            "%s lists no pair whose factual row is among the rows in use; check the split."
                .formatted(folder.resolve("pairs.csv")));
  }

  @Test
  void other_rows_are_of_the_same_class_and_another_value_and_occur_once() {
    LabelledSet many = FACES.select(IntStream.range(0, 60).map(i -> i % 6).toArray());

    CounterfactualPairs pairs = OtherRows.pairs(many, "sex", new Counterpart.MostFrequent(), 1);

    // In each class 10 men; f is the most frequent value, so the men are the factual rows.
    assertThat(pairs.size()).isEqualTo(20);
    assertThat(pairs.relation()).isEqualTo(Relation.OTHER_INDIVIDUAL);
    assertThat(Arrays.stream(pairs.factualAttribute().codes())).containsOnly(1);
    assertThat(targets(pairs.factual())).isEqualTo(targets(pairs.counterfactual()));
  }

  @Test
  void other_rows_need_a_class_with_both_values() {
    LabelledSet none = FACES.select(new int[] {0, 3});

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> OtherRows.pairs(none, "sex", new Counterpart.MostFrequent(), 1))
        .withMessage(
            "No two rows have the same 'smiles' and differ in 'sex'; pairs of other rows need such rows.");
  }
}

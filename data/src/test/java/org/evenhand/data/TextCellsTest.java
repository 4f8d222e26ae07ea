package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts in a file cannot be chosen so that they all meet in one place of the dictionary. */
class TextCellsTest {
  /** 4,096 texts of one {@link String#hashCode}, and so of every polynomial in 31. */
  private static List<String> colliding() {
    return IntStream.range(0, 1 << 12)
        .mapToObj(
            number ->
                IntStream.range(0, 12)
                    .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining()))
        .toList();
  }

  private static int hash(String text) {
    return TextCells.hash(text.toCharArray(), 0, text.length());
  }

  @Test
  void texts_that_collide_elsewhere_are_spread() {
    assertThat(colliding())
        .extracting(String::hashCode)
        .containsOnly(colliding().get(0).hashCode());

    // Of 4,096 random numbers of 32 bits two are the same about once in 500 tries.
    assertThat(colliding().stream().map(TextCellsTest::hash).distinct().count())
        .isGreaterThan(4_000);
  }

  @Test
  void they_are_read_as_they_are() {
    TextCells cells = new TextCells("file", "column", 0);
    for (String text : colliding()) {
      cells.add(text.toCharArray(), 0, text.length(), 1);
      cells.add(text.toCharArray(), 0, text.length(), 1);
    }

    assertThat(cells.column().dictionary()).isEqualTo(colliding());
    assertThat(cells.column().value(8_191)).isEqualTo(colliding().get(4_095));
  }
}

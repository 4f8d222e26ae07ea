package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvErrorsTest {
  private final Path folder;

  CsvErrorsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void assertRefused(String content, String message) throws IOException {
    assertRefused(content, TableOptions.defaults(), message);
  }

  private void assertRefused(String content, TableOptions options, String message)
      throws IOException {
    assertRefused("people.csv", content.getBytes(StandardCharsets.UTF_8), options, message);
  }

  private void assertRefused(String name, byte[] content, TableOptions options, String message)
      throws IOException {
    assertRefused(Files.write(folder.resolve(name), content), options, message);
  }

  private static void assertRefused(Path file, TableOptions options, String message) {
    assertThatThrownBy(() -> CsvTable.read(file, options))
        .isInstanceOf(DataException.class)
        .hasMessage(message.replace("{}", file.toString()));
  }

  @Test
  void a_ragged_row_is_named_with_its_line() throws IOException {
    // Line 2 to 3 is one row, because of the quoted line end.
    assertRefused(
        "a,b\n\"x\ny\",1\nz\n",
        "{}, line 4: expected 2 cells, as many as in the header, but found 1.");
    assertRefused(
        "a,b\n1,2,3\n", "{}, line 2: expected 2 cells, as many as in the header, but found 3.");
  }

  @Test
  void a_repeated_column_is_named() throws IOException {
    assertRefused("a,b,a\n1,2,3\n", "{}: two columns are named 'a'; rename one of them.");
  }

  @Test
  void a_missing_column_is_named_with_the_columns_that_there_are() throws IOException {
    assertRefused(
        "age,race\n1,x\n",
        TableOptions.defaults().withColumns(Set.of("rce", "age")),
        "{} has no column 'rce'; its columns are age, race. Did you mean 'race'?");
  }

  @Test
  void an_infinite_number_is_named_with_its_line_and_column() throws IOException {
    assertRefused(
        "age,x\n1,a\ninf,b\n-Infinity,c\n",
        "{}, line 3, column 'age': 'inf' is not finite; leave the cell empty if the value is missing.");
    assertRefused(
        "age\n1\n1e999\n",
        "{}, line 3, column 'age': '1e999' is not finite; leave the cell empty if the value is missing.");
  }

  @Test
  void text_where_numbers_must_be_is_named_with_its_line_and_column() throws IOException {
    assertRefused(
        "age\n1\nold\n",
        TableOptions.defaults().withNumericColumns(Set.of("age")),
        "{}, line 3, column 'age': 'old' is not a number, but the column must be numeric.");
  }

  @Test
  void a_column_cannot_be_text_and_numeric() {
    assertThatThrownBy(
            () ->
                TableOptions.defaults()
                    .withTextColumns(Set.of("age"))
                    .withNumericColumns(Set.of("age")))
        .isInstanceOf(DataException.class)
        .hasMessage("Column 'age' cannot be read as text and as numbers at once.");
  }

  @Test
  void an_empty_file_and_a_header_alone_are_told_apart() throws IOException {
    assertRefused(
        "", "{} is empty; expected a header line with the columns' names and rows below it.");
    assertRefused("a,b\n", "{} has a header but no rows.");
  }

  @Test
  void a_missing_file_and_a_directory_are_told_apart() {
    assertRefused(folder.resolve("none.csv"), TableOptions.defaults(), "There is no file {}.");
    assertRefused(
        folder,
        TableOptions.defaults(),
        "{} is a directory; name a single CSV file, or add the module evenhand-parquet to the class path, which reads folders of Parquet files.");
  }

  @Test
  void a_name_that_ends_in_gz_and_its_content_must_agree() throws IOException {
    assertRefused(
        "people.csv.gz",
        "a\n1\n".getBytes(StandardCharsets.UTF_8),
        TableOptions.defaults(),
        "{} is named .gz but is not gzip-compressed; rename it or compress it.");
    assertRefused(
        "people.csv",
        gzip("a\n1\n"),
        TableOptions.defaults(),
        "{} is gzip-compressed; give it a name that ends in .gz.");
  }

  @Test
  void a_truncated_gzip_file_is_refused_wherever_it_ends() throws IOException {
    byte[] small = gzip("a\n1\n");
    assertRefused(
        "people.csv.gz",
        Arrays.copyOf(small, small.length - 4),
        TableOptions.defaults(),
        "{} is damaged after line 0: its gzip data ends early; copy it again.");

    // Beyond the start that is looked at before parsing.
    byte[] large = gzip("a\n" + "1\n".repeat(100_000));
    assertThatThrownBy(
            () ->
                CsvTable.read(
                    Files.write(
                        folder.resolve("large.csv.gz"), Arrays.copyOf(large, large.length - 4))))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            ".*large.csv.gz is damaged after line \\d{5,6}: its gzip data ends early; copy it again\\.");
  }

  @Test
  void a_corrupt_gzip_file_is_refused() throws IOException {
    byte[] corrupt = gzip("a\n1\n");
    corrupt[corrupt.length - 6] ^= 1; // in the checksum
    assertRefused(
        "people.csv.gz",
        corrupt,
        TableOptions.defaults(),
        "{} is damaged after line 0: its gzip data is corrupt; copy it again.");
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  @Test
  void quotes_that_do_not_match_are_refused() throws IOException {
    assertRefused(
        "a,b\n1,2\n\"x,3\n",
        "{} is not valid CSV: Unclosed quoted field at end of input (record starting at line 3);"
            + " write a quote inside a quoted cell twice.");
    assertRefused(
        "a,b\n\"x\"y,3\n",
        "{} is not valid CSV: Unexpected character after closing quote: 'y' (0x79) (record starting at"
            + " line 2); write a quote inside a quoted cell twice.");
  }

  @Test
  void a_quote_that_is_never_closed_does_not_swallow_a_large_file() throws IOException {
    Path file =
        Files.writeString(folder.resolve("large.csv"), "a,b\n\"x,3\n" + "y,4\n".repeat(1_000_000));

    assertThatThrownBy(() -> CsvTable.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("maximum buffer size")
        .hasMessageContaining("(record starting at line 2)");
  }

  @Test
  void bytes_that_are_not_text_are_refused() throws IOException {
    assertRefused("a\n\0\n", "{} holds NUL bytes: it is damaged, or no table but perhaps a model.");
    assertRefused(
        "a\n" + "1\n".repeat(50_000) + "\0\n",
        "{}, line 50002, column 'a': the cell holds a NUL byte; the file is damaged or is not text.");
    assertRefused(
        "people.csv",
        "a\n1\n".getBytes(StandardCharsets.UTF_16),
        TableOptions.defaults(),
        "{} is UTF-16 text; save it as UTF-8.");
    assertRefused(
        "people.csv",
        "name\nJos\u00e9\n".getBytes(StandardCharsets.ISO_8859_1),
        TableOptions.defaults(),
        "{} is not UTF-8 text after line 1; save it as UTF-8.");
  }
}

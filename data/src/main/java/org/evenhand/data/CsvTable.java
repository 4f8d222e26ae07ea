package org.evenhand.data;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import org.evenhand.core.Table;

/**
 * Tables from CSV files ({@code .csv}, or gzip-compressed {@code .csv.gz}) in UTF-8 with a header.
 *
 * <p>A column is numeric if each of its cells is a decimal number or missing, else text; {@link
 * TableOptions} can decide otherwise. A number is read to the last bit as {@link
 * Double#parseDouble} reads it. In a numeric column an empty cell and the words {@code NA}, {@code
 * N/A}, {@code NaN}, {@code nan}, {@code null}, {@code NULL}, {@code None} and {@code ?} mark a
 * missing value; an infinite one is an error. In a column that must be numeric, {@code true} and
 * {@code false} are 1 and 0, in small letters or capitals. Text is kept as it is written, blanks
 * and those words included, because the model's own encoder decides what a category is; only the
 * empty text is missing. Names in the header lose the blanks around them. Empty lines are skipped.
 */
public final class CsvTable {
  // Also bounds how much is read before a quote that is never closed is noticed.
  private static final int LONGEST_CELL = 1 << 20;

  private CsvTable() {}

  /**
   * Reads a whole file, all columns.
   *
   * @param file a CSV file
   * @return its rows, in their order
   * @throws DataException if it cannot be read, naming the line and column
   */
  public static Table read(Path file) {
    return read(file, TableOptions.defaults());
  }

  /**
   * Reads a file. It is read a second time if a column turns out to be text below a first number.
   *
   * @param file a CSV file
   * @param options which columns, and of what type
   * @return the loaded columns, in the file's order
   * @throws DataException if it cannot be read, naming the line and column
   */
  public static Table read(Path file, TableOptions options) {
    Optional<Table> plain = plain(file, options);
    if (plain.isPresent()) {
      return plain.get();
    }
    TableBuilder first = parse(file, options);
    Set<String> mixed = first.mixedColumns();
    return mixed.isEmpty()
        ? first.table()
        : parse(file, options.withMoreTextColumns(mixed)).table();
  }

  /**
   * The names of a file's columns, without reading its rows.
   *
   * @param file a CSV file
   * @param options its separator
   * @throws DataException if the header cannot be read
   */
  public static List<String> header(Path file, TableOptions options) {
    try (CsvInput input = CsvInput.open(file);
        CsvReader<CsvRecord> records =
            CsvReader.builder()
                .fieldSeparator(options.separator().orElseGet(input::guessSeparator))
                .maxBufferSize(LONGEST_CELL)
                .ofCsvRecord(input.characters())) {
      Iterator<CsvRecord> lines = records.iterator();
      return lines.hasNext()
          ? requireNames(file, lines.next().getFields().stream().map(String::strip).toList())
          : List.of();
    } catch (CsvParseException e) {
      throw invalid(file, e);
    } catch (UncheckedIOException e) {
      throw unreadableHeader(file, requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadableHeader(file, e);
    }
  }

  private static DataException unreadableHeader(Path file, IOException cause) {
    return new DataException(
        cause instanceof CharacterCodingException
            ? "%s is not UTF-8 text; it may be Windows-1252 or ISO 8859-1, so save or convert it as UTF-8."
                .formatted(file)
            : "%s cannot be read: %s.".formatted(file, cause.getMessage()),
        cause);
  }

  private static List<String> requireNames(Path file, List<String> header) {
    if (!header.isEmpty() && header.get(0).startsWith("sep=")) {
      throw new DataException(
          "The first line of %s begins with 'sep=', which names the separator to Excel alone; delete that line."
              .formatted(file));
    }
    return header;
  }

  private static DataException invalid(Path file, CsvParseException e) {
    return new DataException(
        "%s is not valid CSV: %s; write a quote inside a quoted cell twice."
            .formatted(file, e.getMessage()),
        e);
  }

  /** A large file without quotes or errors, read by all processors; empty for any other. */
  private static Optional<Table> plain(Path file, TableOptions options) {
    try (CsvInput input = CsvInput.open(file)) {
      if (input.packed() || Files.size(file) < PlainCsv.LARGE) {
        return Optional.empty();
      }
      char separator = options.separator().orElseGet(input::guessSeparator);
      return new PlainCsv(file, options, separator, PlainCsv.BLOCK_SIZE)
          .read(input.start(), input.skipped(), Runtime.getRuntime().availableProcessors());
    } catch (IOException e) {
      // Whatever it is, one pass over the file meets it again and says so.
      return Optional.empty();
    }
  }

  private static TableBuilder parse(Path file, TableOptions options) {
    TableBuilder builder = new TableBuilder(file.toString(), options);
    try (CsvInput input = CsvInput.open(file);
        CsvReader<Boolean> records =
            CsvReader.builder()
                .fieldSeparator(options.separator().orElseGet(input::guessSeparator))
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_CELL)
                .build(builder, input.characters())) {
      records.forEach(record -> {});
      return builder;
    } catch (CsvParseException e) {
      if (e.getCause() instanceof DataException ours) {
        throw ours;
      }
      throw invalid(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, builder, requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(file, builder, e);
    }
  }

  private static DataException unreadable(Path file, TableBuilder builder, IOException cause) {
    if (cause instanceof CharacterCodingException) {
      return new DataException(
          "%s is not UTF-8 text after line %d; save it as UTF-8.".formatted(file, builder.line()),
          cause);
    }
    if (cause instanceof EOFException || cause instanceof ZipException) {
      return new DataException(
          "%s is damaged after line %d: its gzip data %s; copy it again."
              .formatted(
                  file,
                  builder.line(),
                  cause instanceof EOFException ? "ends early" : "is corrupt"),
          cause);
    }
    return new DataException("%s cannot be read (%s).".formatted(file, cause), cause);
  }
}

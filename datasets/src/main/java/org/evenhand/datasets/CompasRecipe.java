package org.evenhand.datasets;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenhand.data.Split;

/**
 * The COMPAS table from ProPublica's file, by ProPublica's filter (the notebook "Compas Analysis"
 * beside the file): screened within 30 days of arrest, outcome known, charge more than an ordinary
 * traffic offence, score present; then the two largest groups, 5,278 of 7,214 people.
 *
 * <p>The file names people and gives their dates of birth, so it is held in memory only: what goes
 * to the disk are the nine columns below, and the split.
 */
final class CompasRecipe {
  /**
   * ProPublica's file at a fixed commit, so that the address cannot come to mean other bytes. The
   * hash is the one that independent analyses pin for this file, for this and other commits, with
   * 2,546,489 bytes.
   */
  static final PublicSource SOURCE =
      new PublicSource(
          URI.create(
              "https://raw.githubusercontent.com/propublica/compas-analysis/bafff5da3f2e45eca6c2d5055faad269defd135a/compas-scores-two-years.csv"),
          "c451db85908b2f7fef1d83203bedf6b71ecda0d5af468d82ae62178f91d0cc7d");

  private static final List<String> KEPT =
      List.of(
          "age",
          "priors_count",
          "juv_fel_count",
          "juv_misd_count",
          "juv_other_count",
          "c_charge_degree",
          "sex",
          "race",
          "two_year_recid");
  private static final Set<String> RACES = Set.of("African-American", "Caucasian");
  private static final double[] SHARES = {0.6, 0.2, 0.2};
  private static final List<String> PARTS = List.of(Split.TRAIN, Split.CALIBRATION, Split.TEST);
  private static final long SEED = 2016;

  private CompasRecipe() {}

  /**
   * The derived table as CSV: the nine columns, in the file's order of rows, and a column {@value
   * Split#COLUMN} that divides them 60/20/20 with equal shares of every group.
   *
   * @param original ProPublica's file
   */
  static byte[] derive(byte[] original) {
    List<List<String>> people = filtered(original);
    String[] parts = parts(people);
    StringWriter csv = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(csv)) {
      writer.writeRecord(with(KEPT, Split.COLUMN));
      for (int row = 0; row < parts.length; row++) {
        writer.writeRecord(with(people.get(row), parts[row]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<List<String>> filtered(byte[] original) {
    List<List<String>> people = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().ofCsvRecord(new ByteArrayInputStream(original))) {
      List<String> header = List.of();
      for (CsvRecord line : reader) {
        if (header.isEmpty()) {
          header = line.getFields();
        } else {
          Person person = new Person(header, line.getFields());
          if (person.isKept()) {
            people.add(KEPT.stream().map(person::get).toList());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return people;
  }

  /** The file repeats two column names with the same cells below; the first one is meant. */
  private record Person(List<String> header, List<String> cells) {
    String get(String column) {
      return cells.get(header.indexOf(column));
    }

    boolean isKept() {
      String days = get("days_b_screening_arrest");
      return !days.isEmpty()
          && Math.abs(Double.parseDouble(days)) <= 30
          && !get("is_recid").equals("-1")
          && !get("c_charge_degree").equals("O")
          && !get("score_text").equals("N/A")
          && RACES.contains(get("race"));
    }
  }

  private static String[] parts(List<List<String>> people) {
    int race = KEPT.indexOf("race");
    int outcome = KEPT.indexOf("two_year_recid");
    int[] groups =
        people.stream()
            .mapToInt(
                person ->
                    (person.get(race).equals("Caucasian") ? 2 : 0)
                        + (person.get(outcome).equals("1") ? 1 : 0))
            .toArray();
    String[] parts = new String[groups.length];
    List<int[]> rows = Split.stratified(groups, SEED, SHARES);
    for (int part = 0; part < PARTS.size(); part++) {
      for (int row : rows.get(part)) {
        parts[row] = PARTS.get(part);
      }
    }
    return parts;
  }

  private static List<String> with(List<String> cells, String last) {
    List<String> longer = new ArrayList<>(cells);
    longer.add(last);
    return longer;
  }
}

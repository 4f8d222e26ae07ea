package org.evenhand.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenhand.data.DataException;
import org.evenhand.data.Split;

/** A table that the catalogue knows by name; each has a column {@value Split#COLUMN}. */
public enum Dataset {
  /**
   * COMPAS: 5,278 defendants in Broward County, Florida, 2013–2014, from ProPublica's analysis of
   * 2016. Class 1 is a new offence.
   */
  COMPAS("two_year_recid", "race", "0", Path.of("tabular", "compas", "compas.csv.gz")),
  /** LSAC: 20,798 law students and whether they passed the bar examination. */
  LSAC("pass_bar", "race", "1", Path.of("tabular", "lsac", "lsac.csv.gz")),
  /** Adult: 48,842 people of the US census of 1994 and whether they earned over 50,000 dollars. */
  ADULT("income", "sex", "1", Path.of("tabular", "adult", "adult.csv.gz"));

  private final String target;
  private final String attribute;
  private final String favourable;
  private final Path file;

  Dataset(String target, String attribute, String favourable, Path file) {
    this.target = target;
    this.attribute = attribute;
    this.favourable = favourable;
    this.file = file;
  }

  /**
   * The data set of that name.
   *
   * @param name as on the command line, in lower case
   * @throws DataException if there is none; the message lists the available ones
   */
  public static Dataset named(String name) {
    return Arrays.stream(values())
        .filter(dataset -> dataset.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "There is no data set '%s'; the catalogue holds %s."
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Dataset::label)
                                .collect(Collectors.joining(", ")))));
  }

  /** Its name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of true classes. */
  public String target() {
    return target;
  }

  /** The column of the protected attribute that it is known for. */
  public String attribute() {
    return attribute;
  }

  /** The class whose receipt is an advantage. */
  public String favourable() {
    return favourable;
  }

  /** Where it lies in a folder that {@code EVENHAND_DATA} names, relative to it. */
  public Path file() {
    return file;
  }
}

package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CompasRecipeTest {
  private static final String HEADER =
      "id,name,sex,age,race,juv_fel_count,juv_misd_count,juv_other_count,priors_count,"
          + "days_b_screening_arrest,c_charge_degree,is_recid,score_text,priors_count,two_year_recid";

  /** As ProPublica's file: more columns, one of them twice. All rows pass the filter. */
  static String original(int rows) {
    StringBuilder csv = new StringBuilder(HEADER + "\n");
    for (int row = 0; row < rows; row++) {
      csv.append(person(20 + row, row % 2 == 0 ? "Caucasian" : "African-American", "-1", "0", "F"))
          .append('\n');
    }
    return csv.toString();
  }

  private static String person(
      int age, String race, String days, String recidivist, String degree) {
    return "7,\"Doe, J\",Male,%d,%s,0,1,2,3,%s,%s,%s,Low,3,1"
        .formatted(age, race, days, degree, recidivist);
  }

  private static List<String> derive(String original) {
    return new String(
            CompasRecipe.derive(original.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  void the_nine_columns_are_kept_and_a_split_added() {
    List<String> lines = derive(original(10));

    assertThat(lines.get(0))
        .isEqualTo(
            "age,priors_count,juv_fel_count,juv_misd_count,juv_other_count,c_charge_degree,sex,race,"
                + "two_year_recid,split");
    assertThat(lines.get(1)).matches("20,3,0,1,2,F,Male,Caucasian,1,(train|calibration|test)");
  }

  @Test
  void propublicas_filter_is_applied() {
    String people =
        String.join(
            "\n",
            HEADER,
            original(10).substring(HEADER.length() + 1).strip(),
            person(51, "Caucasian", "30", "0", "M"),
            person(52, "Caucasian", "31", "0", "F"),
            person(53, "Caucasian", "-31", "0", "F"),
            person(54, "Caucasian", "", "0", "F"),
            person(55, "Caucasian", "0", "-1", "F"),
            person(56, "Caucasian", "0", "0", "O"),
            person(57, "Hispanic", "0", "0", "F"),
            person(58, "Caucasian", "0", "0", "F").replace("Low", "N/A"));

    assertThat(derive(people).stream().skip(11).map(line -> line.substring(0, 2)))
        .containsExactly("51");
  }

  @Test
  void the_recipe_gives_the_rows_of_the_given_table() throws IOException {
    byte[] original = unpacked("tabular/compas/compas-scores-two-years.csv.gz");
    List<String> given =
        new String(unpacked("tabular/compas/compas.csv.gz"), StandardCharsets.UTF_8)
            .lines()
            .toList();

    List<String> derived = derive(new String(original, StandardCharsets.UTF_8));

    assertThat(derived).hasSize(1 + 5_278);
    assertThat(withoutSplit(derived)).isEqualTo(withoutSplit(given));
    // The groups' counts of the given table, counted outside of Java.
    assertThat(counts(derived, line -> cell(line, 7) + " " + cell(line, 8)))
        .containsEntry("African-American 0", 1_514L)
        .containsEntry("African-American 1", 1_661L)
        .containsEntry("Caucasian 0", 1_281L)
        .containsEntry("Caucasian 1", 822L);
    assertThat(counts(derived, line -> cell(line, 9)))
        .containsOnlyKeys("train", "calibration", "test")
        .containsEntry("train", 3_167L);
  }

  private static String cell(String line, int column) {
    return line.split(",", -1)[column];
  }

  private static Map<String, Long> counts(List<String> lines, Function<String, String> of) {
    return lines.stream().skip(1).collect(Collectors.groupingBy(of, Collectors.counting()));
  }

  private static List<String> withoutSplit(List<String> lines) {
    return lines.stream().map(line -> line.substring(0, line.lastIndexOf(','))).toList();
  }

  private static byte[] unpacked(String path) throws IOException {
    Path file = RealData.file(path);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }
}

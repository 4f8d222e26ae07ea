package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a user gives to classes and values. */
class LabelsTest {
  private static Lending lending;

  @BeforeAll
  static void prepare(@TempDir Path folder) {
    lending = Lending.in(folder);
  }

  @Test
  void people_read_labels() {
    String text =
        lending.run("audit", "--label", "gender.female=Women", "--label", "repaid.no=owes").out();

    assertThat(text)
        .contains("between gender = Women and male where repaid = owes")
        .contains("owes, Women")
        .contains("rates of class 'yes', compared with male")
        .doesNotContain("female");
  }

  @Test
  void programs_read_the_values_that_the_table_has() {
    assertThat(lending.run("audit", "--json", "--label", "gender.female=Women").out())
        .isEqualTo(lending.run("audit", "--json").out());
  }

  @Test
  void a_label_of_no_value_is_a_warning() {
    assertThat(lending.run("audit", "--label", "gender.femal=Women").err())
        .contains(
            "evenhand: warning: no row has gender = femal, so that its label is not used. Did you"
                + " mean 'female'?");
  }

  @Test
  void a_label_of_no_column_is_refused_with_the_column_that_was_meant() {
    assertThat(lending.run("audit", "--label", "gendre.female=Women"))
        .refusesUsage(
            "--label gendre.female names no value of the target or of an attribute; expected"
                + " COLUMN.VALUE=TEXT with one of the columns repaid, gender. Did you mean"
                + " 'gender'?",
            "evenhand audit");
  }
}

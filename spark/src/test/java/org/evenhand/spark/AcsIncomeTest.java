package org.evenhand.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** 332,900 people of the American Community Survey, by sex and race. */
class AcsIncomeTest {
  private static final Labelling LABELLING =
      Labelling.of("PINCP", List.of("SEX", "RAC1P", "SEX,RAC1P"));

  /** A score from years of school and hours of work, in thousandths. */
  private static final String SCORE = "rint((SCHL - 1 + WKHP / 10) * 20) / 1000";

  private static final AuditSettings SETTINGS =
      AuditSettings.builder()
          .draws(999)
          .weights(WeightKind.FREQUENCY)
          .decisionRule(DecisionRule.threshold(0.45))
          .build();

  private static Path file() {
    String folder = System.getenv("EVENHAND_DATA");
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(folder != null, "EVENHAND_DATA is not set");
    }
    assertThat(folder).as("EVENHAND_DATA").isNotNull();
    return Path.of(folder == null ? "" : folder, "tabular/acs-folktables/ACSIncome.test.csv.gz");
  }

  private static double[] numbers(Table table, String column) {
    return ((NumericColumn) table.column(column)).values();
  }

  @Test
  void the_audit_of_survey_rows_is_the_one_in_memory_to_the_last_bit() {
    Dataset<Row> rows =
        Local.SPARK
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(file().toString())
            .selectExpr("PINCP", "SEX", "RAC1P", SCORE + " AS score")
            .repartition(4);

    AuditResult result =
        EvenhandSpark.audit(rows, LABELLING, new RowAnswers.Scores("score"), SETTINGS);

    Table people =
        Tables.read(
            file(),
            TableOptions.defaults().withColumns(Set.of("PINCP", "SEX", "RAC1P", "SCHL", "WKHP")));
    double[] school = numbers(people, "SCHL");
    double[] hours = numbers(people, "WKHP");
    double[] score =
        IntStream.range(0, people.rows())
            .mapToDouble(row -> Math.rint((school[row] - 1 + hours[row] / 10) * 20) / 1000)
            .toArray();
    List<Column> columns =
        List.of(
            people.column("PINCP"),
            people.column("SEX"),
            people.column("RAC1P"),
            new NumericColumn("score", score));
    Table scored = Table.of(columns);
    LabelledSet set = LABELLING.apply(scored);
    assertThat(result)
        .isEqualTo(Audit.of(set, Labels.scores(scored, "score", set.target().classes()), SETTINGS));
    assertThat(result.rows()).isEqualTo(332_900);
  }
}

package org.evenhand.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.GroupMetric;
import org.evenhand.audit.Metric;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.PairsMetric;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetric.Basis;
import org.evenhand.audit.ValueMetric.Compared;
import org.junit.jupiter.api.Test;

/** The page of metrics says what the registry says. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final String BEGIN = "<!-- begin: from the registry -->\n";
  private static final String END = "<!-- end: from the registry -->\n";

  @Test
  void the_tables_are_those_of_the_registry() throws IOException {
    String page = Files.readString(PAGE);

    Golden.assertHolds(
        PAGE,
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + tables()
            + page.substring(page.indexOf(END)));
  }

  @Test
  void every_metric_of_a_value_has_its_line_among_the_names_of_others() throws IOException {
    String page = Files.readString(PAGE);
    String others = page.substring(page.indexOf(END));

    assertThat(ValueMetric.values())
        .allSatisfy(metric -> assertThat(others).contains("| `" + metric.key() + "` |"));
  }

  private static String tables() {
    return Stream.of(
            table("Overall", List.of(OverallMetric.values())),
            table("Of an attribute", List.of(AttributeMetric.values())),
            table("Of a group", List.of(GroupMetric.values())),
            ofValues("Of a value, from decisions", Basis.DECISIONS, Compared.ALONE),
            ofValues("Of a value beside the reference", Basis.DECISIONS, Compared.WITH_REFERENCE),
            ofValues("Of a value, from scores", Basis.SCORES, Compared.values()),
            table("Of counterfactual pairs", List.of(PairsMetric.values())))
        .collect(joining("\n"));
  }

  private static String ofValues(String heading, Basis basis, Compared... compared) {
    return table(
        heading,
        Arrays.stream(compared).flatMap(one -> ValueMetric.of(basis, one).stream()).toList());
  }

  private static String table(String heading, List<? extends Metric> metrics) {
    return metrics.stream()
        .map(
            metric ->
                "| %s | `%s` | %s | %s | %s |\n"
                    .formatted(
                        metric.title(),
                        metric.key(),
                        unit(metric.unit()),
                        better(metric.better()),
                        metric.definition()))
        .collect(
            joining(
                "",
                "### %s\n\n| metric | key | unit | better | what it is |\n|---|---|---|---|---|\n"
                    .formatted(heading),
                ""));
  }

  private static String unit(Metric.Unit unit) {
    return switch (unit) {
      case PERCENT -> "percent";
      case POINTS -> "points";
      case RATIO -> "ratio";
      case NUMBER -> "number";
    };
  }

  private static String better(Metric.Better better) {
    return switch (better) {
      case HIGHER -> "higher";
      case LOWER -> "lower";
      case NEAR_ZERO -> "near 0";
      case NEAR_ONE -> "near 1";
      case NEITHER -> "–";
    };
  }
}

package org.evenhand.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.MoreTables;
import picocli.CommandLine.Option;

/** What an audit measures beside the usual metrics. */
@Under(Heading.TABLES)
final class TableOptions {
  /** Tables that someone prescribes. */
  enum Prescribed {
    /** Of New York City's Local Law 144. */
    LL144
  }

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "Add the table that a law prescribes: ll144, the selection or scoring rates of New York City's Local Law 144, and their ratios to the highest.")
  private Optional<Prescribed> table = Optional.empty();

  @Option(
      names = "--exclude-below",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      description =
          "With --table: leave categories with a smaller share of the rows out of the ratios, and name them (default 0).")
  private Optional<Double> excludeBelow = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "FRACTION,...",
      converter = Numbers.Share.class,
      split = ",",
      description =
          "Add the selection rates and impact ratios that selecting the rows with the highest scores would give, such as 0.1,0.2 for the top 10 and 20 percent.")
  private List<Double> top = new ArrayList<>();

  @Option(
      names = "--within",
      paramLabel = "COLUMN",
      description =
          "Add the gaps in selection rates between rows with the same value in this column, averaged over its values by their shares; numbers need --bands.")
  private Optional<String> within = Optional.empty();

  Optional<String> within() {
    return within;
  }

  boolean prescribed() {
    return table.isPresent();
  }

  /**
   * What the options say.
   *
   * @param thresholded whether a threshold decides, so that decisions are rated and not scores
   */
  MoreTables request(boolean thresholded) {
    if (excludeBelow.isPresent() && table.isEmpty()) {
      throw new CliException(
          "--exclude-below leaves categories out of a table's ratios; name the table with --table.");
    }
    return new MoreTables(table.isPresent(), excludeBelow.orElse(0.0), !thresholded, top);
  }
}

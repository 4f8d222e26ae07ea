package org.evenhand.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Shares;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.PlanRequest;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** How many rows a verdict will need, before there are any. */
@Under(Heading.PLAN)
final class PlanOptions {
  /** Stands for the proportions of rows, where none are named. */
  private static final String COUNTED = "counted";

  private static final Set<String> OF_ROWS =
      Set.of(
          "--bands",
          "--unknown",
          "--attributes-from",
          "--key",
          "--split",
          "--split-column",
          "--weights-column",
          "--weights",
          "--separator");

  private static final Set<String> OF_PLANS =
      Set.of(
          "--data",
          "--target",
          "--attribute",
          "--tolerance",
          "--gap-tolerance",
          "--min-group-size",
          "--confidence",
          "--seed",
          "--json",
          "--stacktrace");

  @Option(
      names = "--plan",
      paramLabel = "VALUE=SHARE,...",
      arity = "0..1",
      fallbackValue = PlanOptions.COUNTED,
      description =
          "Measure nothing, but plan how many rows a verdict will need if values occur in these proportions, such as White=60%%,Black=30%%,Other=10%% (default: as in --data).")
  private Optional<String> plan = Optional.empty();

  @Option(
      names = "--plan-classes",
      paramLabel = "CLASS=SHARE,...",
      description =
          "With --plan: in what proportions classes occur, if --data has no --target (default: two equal ones).")
  private Optional<String> classes = Optional.empty();

  @Option(
      names = "--plan-accuracy",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      description = "With --plan: the expected accuracy of decisions (default 0.85).")
  private Optional<Double> accuracy = Optional.empty();

  @Option(
      names = "--plan-gap",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      description = "With --plan: the gap to be proven (default: twice --gap-tolerance).")
  private Optional<Double> gap = Optional.empty();

  boolean given() {
    return plan.isPresent();
  }

  /** Refuses what only a plan has. */
  void requireNone() {
    if (classes.isPresent() || accuracy.isPresent() || gap.isPresent()) {
      throw new CliException(
          "--plan-classes, --plan-accuracy and --plan-gap say what a plan assumes; ask for one with --plan.");
    }
  }

  /**
   * What the options say.
   *
   * @param given all options
   * @param data names rows and columns
   * @param settings of the audit that is planned
   */
  PlanRequest request(ParseResult given, DataOptions data, AuditSettings settings) {
    Optional<Shares> values = plan.filter(text -> !text.equals(COUNTED)).map(Shares::parse);
    for (OptionSpec option : given.matchedOptions()) {
      check(option.longestName(), values.isPresent());
    }
    List<String> attributes = data.attributes();
    if (values.isEmpty() && (data.file().isEmpty() || attributes.isEmpty())) {
      throw new CliException(
          "A plan needs the proportions in which values are met: name them, such as --plan White=60%,Black=30%,Other=10%, or rows in which they can be counted, with --data and --attribute.");
    }
    if (values.isPresent() && data.file().isPresent()) {
      throw new CliException(
          "--plan names the proportions that --data would be read for; leave out one of them.");
    }
    if (values.isPresent() && attributes.size() > 1) {
      throw new CliException("--plan names the values of one attribute; name one --attribute.");
    }
    if (data.file().isPresent() && classes.isPresent() && given.hasMatchedOption("--target")) {
      throw new CliException(
          "--plan-classes names the proportions that are counted in the column of --target; leave out one of them.");
    }
    return new PlanRequest(
        values,
        Shares.parse(classes.orElse("0=50%,1=50%")),
        data.request(),
        accuracy.orElse(0.85),
        gap.orElse(2 * settings.gapTolerance()),
        settings);
  }

  private static void check(String option, boolean withoutRows) {
    if (OF_PLANS.contains(option)
        || option.startsWith("--plan")
        || (!withoutRows && OF_ROWS.contains(option))) {
      return;
    }
    throw new CliException(
        "--plan measures nothing, so that %s does not go with it; leave one of them out."
            .formatted(option));
  }
}

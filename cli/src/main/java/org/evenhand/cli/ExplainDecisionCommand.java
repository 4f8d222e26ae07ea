package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.evidence.ExplainedDecision;
import org.evenhand.terminal.ExitCode;
import org.evenhand.workflow.ExplainedDecisions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand explain-decision}: what a fused model did to one individual's answer. */
@Command(
    name = "explain-decision",
    description =
        "Shows for single rows what a fused model answered, which rule it subtracted, and whether that flipped the decision.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExplainDecisionCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "FILE", required = true, description = "A fused model.")
  private Path model = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "Rows with the model's columns: .csv or .csv.gz with a header, or .parquet.")
  private Path data = Path.of("");

  @Option(
      names = "--row",
      paramLabel = "N",
      required = true,
      split = ",",
      description = "Rows to explain, counted from 1 without the header.")
  private List<Integer> rows = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<ExplainedDecision> decisions = ExplainedDecisions.of(model, data, rows);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(EvidencePack.machineOutput(decisions));
    } else {
      decisions.forEach(decision -> print(out, decision));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(PrintWriter out, ExplainedDecision decision) {
    line(out, "row %d", decision.row());
    line(out, "  %-24s %10s %18s %10s", "class", "original", "subtracted (nats)", "corrected");
    for (ExplainedDecision.ClassAnswer answer : decision.answers()) {
      line(
          out,
          "  %-24s %10.4f %18.4f %10.4f",
          answer.name(),
          answer.original(),
          answer.subtracted(),
          answer.corrected());
    }
    line(
        out,
        "  decision %s",
        decision.flipped() ? "flipped by the correction" : "not changed by the correction");
  }

  private static void line(PrintWriter out, String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}

package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.evidence.ExplainedDecision;
import org.evenhand.evidence.ExplanationRecord;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.ExplainedDecisions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand explain-decision}: what a fused model did to one individual's answer. */
@Command(
    name = "explain-decision",
    header = "Shows what a repaired model did to single rows.",
    description =
        "Prints for single rows what the model answered, what the correction subtracted, and whether that changed the decision.",
    footer = {
      "Explain two rows, after 'evenhand demo':",
      "evenhand explain-decision --model evenhand-out/fair.onnx --data evenhand-out/people.csv --row 1,2",
      "Print JSON:",
      "evenhand explain-decision --model evenhand-out/fair.onnx --data evenhand-out/people.csv --json --row 17",
      "Explain a decision of a model that 'evenhand erase' wrote:",
      "evenhand explain-decision --model evenhand-out/fused.onnx --data evenhand-out/people.csv --row 3"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = "evenhand explain-decision --model=FILE --data=FILE --row=N,... [OPTIONS]",
    sortOptions = false)
@Under(Heading.OUTPUT)
final class ExplainDecisionCommand implements Callable<Integer> {
  @Under(Heading.MODEL)
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "A model that 'erase' or 'repair' wrote.")
  private Path model = Path.of("");

  @Under(Heading.ROWS)
  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description =
          "Rows with the model's columns: .csv or .csv.gz with a header, .parquet, or a folder of Parquet files.")
  private Path data = Path.of("");

  @Under(Heading.ROWS)
  @Option(
      names = "--row",
      paramLabel = "N",
      required = true,
      split = ",",
      description =
          "Rows to explain, counted from 1 without the header; what is printed is about single persons.")
  private List<Integer> rows = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object instead of text.")
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
      line(out, "%s", ExplanationRecord.PERSONAL);
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

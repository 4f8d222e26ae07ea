package org.evenhand.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Table;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.onnx.DecisionTrace;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.terminal.ExitCode;
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
    try (OnnxClassifier fused = OnnxClassifier.open(model)) {
      Table table = read(fused);
      int[] selected = rows.stream().mapToInt(row -> index(row, table)).toArray();
      List<DecisionTrace> traces = DecisionTrace.of(fused, table.select(selected));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(json(fused.classes().names(), traces).toPrettyString());
      } else {
        for (int i = 0; i < traces.size(); i++) {
          print(out, rows.get(i), fused.classes().names(), traces.get(i));
        }
      }
      out.flush();
    }
    return ExitCode.DONE;
  }

  private Table read(OnnxClassifier fused) {
    Set<String> columns =
        fused.inputs().stream().map(InputColumn::name).collect(Collectors.toSet());
    return Tables.read(data, TableOptions.of(fused.inputs()).withColumns(columns));
  }

  private int index(int row, Table table) {
    if (row < 1 || row > table.rows()) {
      throw new CliException(
          "--row %d is not there: '%s' has rows 1 to %d.".formatted(row, data, table.rows()));
    }
    return row - 1;
  }

  private static void print(PrintWriter out, int row, List<String> classes, DecisionTrace trace) {
    line(out, "row %d", row);
    line(out, "  %-24s %10s %18s %10s", "class", "original", "subtracted (nats)", "corrected");
    for (int k = 0; k < classes.size(); k++) {
      line(
          out,
          "  %-24s %10.4f %18.4f %10.4f",
          classes.get(k),
          trace.original()[k],
          trace.subtracted()[k],
          trace.corrected()[k]);
    }
    line(
        out,
        "  decision %s",
        trace.flipped() ? "flipped by the correction" : "not changed by the correction");
  }

  private ObjectNode json(List<String> classes, List<DecisionTrace> traces) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("command", "explain-decision");
    ArrayNode decisions = root.putArray("decisions");
    for (int i = 0; i < traces.size(); i++) {
      DecisionTrace trace = traces.get(i);
      ObjectNode decision = decisions.addObject();
      decision.put("row", rows.get(i));
      ArrayNode answers = decision.putArray("answers");
      for (int k = 0; k < classes.size(); k++) {
        answers
            .addObject()
            .put("class", classes.get(k))
            .put("original", trace.original()[k])
            .put("subtracted_nats", trace.subtracted()[k])
            .put("corrected", trace.corrected()[k]);
      }
      decision.put("flipped", trace.flipped());
    }
    return root;
  }

  private static void line(PrintWriter out, String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}

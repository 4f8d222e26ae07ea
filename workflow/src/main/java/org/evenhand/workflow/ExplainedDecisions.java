package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Table;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.evidence.ExplainedDecision;
import org.evenhand.onnx.DecisionTrace;
import org.evenhand.onnx.OnnxClassifier;

/** What a fused model did to single rows' answers. */
public final class ExplainedDecisions {
  private ExplainedDecisions() {}

  /**
   * Asks the model about some rows of a file.
   *
   * @param fused a fused model's file
   * @param data has the columns that the model reads
   * @param rows their numbers, counted from 1 without the header
   * @return one per row, in the order asked for
   * @throws WorkflowException if there is no such row
   * @throws org.evenhand.core.EvenhandException if a file cannot be read, or the model is not fused
   */
  public static List<ExplainedDecision> of(Path fused, Path data, List<Integer> rows) {
    try (OnnxClassifier model = OnnxClassifier.open(fused)) {
      Set<String> columns =
          model.inputs().stream().map(InputColumn::name).collect(Collectors.toSet());
      Table table = Tables.read(data, TableOptions.of(model.inputs()).withColumns(columns));
      int[] selected = rows.stream().mapToInt(row -> index(row, table, data)).toArray();
      List<DecisionTrace> traces = DecisionTrace.of(model, table.select(selected));
      List<ExplainedDecision> explained = new ArrayList<>();
      for (int i = 0; i < traces.size(); i++) {
        explained.add(explained(rows.get(i), model.classes().names(), traces.get(i)));
      }
      return explained;
    }
  }

  private static int index(int row, Table table, Path data) {
    if (row < 1 || row > table.rows()) {
      throw new WorkflowException(
          "Row %d is not there: '%s' has rows 1 to %d.".formatted(row, data, table.rows()));
    }
    return row - 1;
  }

  private static ExplainedDecision explained(int row, List<String> classes, DecisionTrace trace) {
    List<ExplainedDecision.ClassAnswer> answers = new ArrayList<>();
    for (int k = 0; k < classes.size(); k++) {
      answers.add(
          new ExplainedDecision.ClassAnswer(
              classes.get(k), trace.original()[k], trace.subtracted()[k], trace.corrected()[k]));
    }
    return new ExplainedDecision(row, answers, trace.flipped());
  }
}

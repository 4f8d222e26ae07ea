package org.evenhand.experiments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evenhand.core.AtomicFile;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;

/** Figures of methods on tasks over repetitions, as a page of tables and as a raw file. */
final class ResultTable {
  /** How a figure is shown. */
  enum Form {
    /** A share, in percent or points. */
    PERCENT("%.2f", 100),
    /** A share as it is. */
    SHARE("%.4f", 1),
    /** Seconds, to a tenth. */
    SECONDS("%.1f", 1),
    /** How many, the same in all repetitions. */
    COUNT("%,.0f", 1) {
      @Override
      String cell(Summary summary) {
        return super.cell(new Summary(summary.mean(), 0, 1));
      }
    };

    private final String format;
    private final double factor;

    Form(String format, double factor) {
      this.format = format;
      this.factor = factor;
    }

    String cell(Summary summary) {
      return summary.text(format, factor);
    }
  }

  /**
   * One figure.
   *
   * @param key its name in the raw file
   * @param header its name above a column
   * @param form how it is shown
   */
  record Figure(String key, String header, Form form) {}

  private record Row(String task, int seed, String method, double[] values) {}

  private final List<Figure> figures;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();

  ResultTable(List<Figure> figures) {
    this.figures = List.copyOf(figures);
  }

  /** Adds the figures of one method in one repetition, in the order of the columns. */
  synchronized void add(String task, int seed, String method, double... values) {
    rows.add(new Row(task, seed, method, values.clone()));
  }

  /** Adds a remark that stands below a task's table. */
  synchronized void note(String task, String note) {
    notes.computeIfAbsent(task, key -> new ArrayList<>()).add(note);
  }

  /**
   * Writes the table as Markdown and as CSV, in files of its name.
   *
   * @param heading the page up to the first table
   */
  List<Path> write(Path folder, String name, String heading) {
    rows.sort((a, b) -> a.task().equals(b.task()) ? Integer.compare(a.seed(), b.seed()) : 0);
    Path page = folder.resolve(name + ".md");
    Path raw = folder.resolve(name + ".csv");
    byte[] text = (heading + tables()).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(page, out -> out.write(text));
    CsvFile.write(rawFigures(), raw);
    return List.of(page, raw);
  }

  private String tables() {
    StringBuilder text = new StringBuilder();
    rows.stream().map(Row::task).distinct().forEach(task -> append(text, task));
    return text.toString();
  }

  private void append(StringBuilder text, String task) {
    text.append("\n## ").append(task).append("\n\n|");
    figures.forEach(figure -> text.append(" | ").append(figure.header()));
    text.append(" |\n|").append("---|".repeat(figures.size() + 1)).append('\n');
    Map<String, List<Row>> byMethod = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.task().equals(task))
        .forEach(row -> byMethod.computeIfAbsent(row.method(), m -> new ArrayList<>()).add(row));
    byMethod.forEach(
        (method, ofMethod) -> {
          text.append("| ").append(method);
          for (int i = 0; i < figures.size(); i++) {
            int column = i;
            List<Double> values = ofMethod.stream().map(row -> row.values()[column]).toList();
            text.append(" | ").append(figures.get(i).form().cell(Summary.of(values)));
          }
          text.append(" |\n");
        });
    notes
        .getOrDefault(task, List.of())
        .forEach(note -> text.append('\n').append(note).append('\n'));
  }

  private Table rawFigures() {
    List<Column> columns = new ArrayList<>();
    columns.add(TextColumn.of("task", rows.stream().map(Row::task).toList()));
    columns.add(new NumericColumn("seed", rows.stream().mapToDouble(Row::seed).toArray()));
    columns.add(TextColumn.of("method", rows.stream().map(Row::method).toList()));
    IntStream.range(0, figures.size())
        .mapToObj(
            i ->
                new NumericColumn(
                    figures.get(i).key(),
                    rows.stream().mapToDouble(row -> row.values()[i]).toArray()))
        .forEach(columns::add);
    return Table.of(columns);
  }
}

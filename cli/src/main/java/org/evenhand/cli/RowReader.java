package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.CsvOptions;
import org.evenhand.data.CsvTable;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;

/** Reads labelled rows and gets the answers to them, from a model or from a column. */
final class RowReader {
  private final DataOptions data;
  private final PrintWriter log;

  RowReader(DataOptions data, PrintWriter log) {
    this.data = data;
    this.log = log;
  }

  /**
   * All rows with a model's answers; what the reader should know about the model goes to the log.
   */
  AnsweredRows answeredBy(DeployedModel model) {
    Set<String> numbers = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (InputColumn input : model.inputs()) {
      (input.kind() == InputColumn.Kind.TEXT ? texts : numbers).add(input.name());
    }
    Set<String> needed = new HashSet<>(numbers);
    needed.addAll(texts);
    Table table =
        read(needed, options -> options.withNumericColumns(numbers).withTextColumns(texts));
    LabelledSet set = labelling().withClasses(model.classes()).apply(table);
    Answers answers = model.answer(table);
    log.println("evenhand: " + model.describe());
    for (String warning : model.warnings(table)) {
      log.println("evenhand: warning: " + warning);
    }
    log.flush();
    return new AnsweredRows(table, set, answers);
  }

  /** All rows with answers that the table itself records. */
  AnsweredRows recorded(Recorded recorded, List<String> classNames) {
    Table table = read(Set.of(recorded.column()), options -> options);
    Labelling labelling = labelling();
    LabelledSet set =
        (classNames.isEmpty() ? labelling : labelling.withClasses(new Classes(classNames)))
            .apply(table);
    Classes classes = set.target().classes();
    Answers answers =
        recorded.scores()
            ? Labels.scores(table, recorded.column(), classes)
            : Labels.predictions(table, recorded.column(), classes);
    return new AnsweredRows(table, set, answers);
  }

  /**
   * A column of answers.
   *
   * @param column its name
   * @param scores whether it holds probabilities of the second class, else decided classes
   */
  record Recorded(String column, boolean scores) {}

  private interface Adjustment {
    CsvOptions of(CsvOptions options);
  }

  /** Reads the columns that have a role and no others. */
  private Table read(Set<String> inputs, Adjustment adjustment) {
    CsvOptions options = adjustment.of(CsvOptions.defaults());
    if (data.separator().isPresent()) {
      options = options.withSeparator(data.separator().get());
    }
    Set<String> columns = new HashSet<>(inputs);
    columns.add(data.target());
    columns.addAll(data.attributes());
    data.weightsColumn().ifPresent(columns::add);
    if (data.namesSplit() || CsvTable.header(data.data(), options).contains(data.splitColumn())) {
      columns.add(data.splitColumn());
    }
    return CsvTable.read(data.data(), options.withColumns(columns));
  }

  private Labelling labelling() {
    return new Labelling(
        data.target(), new ArrayList<>(data.attributes()), Optional.empty(), data.weightsColumn());
  }
}

package org.evenhand.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.CountableTable;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.Preprocessing;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;

/** Reads labelled rows and gets the answers to them, from a model or from a column. */
final class RowReader {
  /** Up to here all rows are held in memory, and AUC and calibration error are exact. */
  private static final long LOADED_ROWS = 2_000_000;

  private final DataOptions data;
  private final FlipOptions flips;
  private final PrintWriter log;

  RowReader(DataOptions data, PrintWriter log) {
    this(data, new FlipOptions(), log);
  }

  /**
   * @param flips columns that are attributes too, and what pairs of rows are made from
   */
  RowReader(DataOptions data, FlipOptions flips, PrintWriter log) {
    this.data = data;
    this.flips = flips;
    this.log = log;
  }

  private Stream<String> newFlips() {
    return flips.named().stream().filter(column -> !data.attributes().contains(column));
  }

  /**
   * All rows with a model's answers; what the reader should know about the model goes to the log.
   */
  AnsweredRows answeredBy(DeployedModel model) {
    for (InputColumn input : model.inputs()) {
      if (input.kind() == Kind.TENSOR) {
        throw new CliException(
            "The model reads images from its input '%s'; name them with --images."
                .formatted(input.name()));
      }
    }
    return answered(model, read(names(model), TableOptions.of(model.inputs())));
  }

  /**
   * The same of a model that may read images.
   *
   * @param images are read until they are closed
   */
  AnsweredRows answeredBy(DeployedModel model, LabelledImages images) {
    return images.given() ? answered(model, images.of(model, this::read)) : answeredBy(model);
  }

  /**
   * All rows for a model that is still to be trained.
   *
   * @param images are read until they are closed
   * @param name of the column of images
   * @param how images are prepared
   */
  Table toTrain(LabelledImages images, String name, Preprocessing how) {
    return images.of(name, how, this::read);
  }

  /** The labels of rows as the columns that have a role say. */
  LabelledSet labelled(Table table) {
    return label(table, labelling());
  }

  private void warn(String warning) {
    log.println("evenhand: warning: " + warning);
    log.flush();
  }

  private AnsweredRows answered(DeployedModel model, Table table) {
    LabelledSet set = label(table, labelling().withClasses(model.classes()));
    Answers answers = model.answer(table);
    log.println("evenhand: " + model.describe());
    log.flush();
    model.warnings(table).forEach(this::warn);
    return new AnsweredRows(table, set, answers, 0);
  }

  /**
   * All rows with answers that the table itself records. Rows of a table that is large and can be
   * counted are gathered into distinct weighted ones, of which an audit gives the same figures.
   */
  AnsweredRows recorded(Recorded recorded, List<String> classNames, DecisionRule rule) {
    Labelling labelling = labelling();
    // Joined rows, probabilities and sampling weights differ from row to row, so that counting
    // would gather nothing.
    boolean counts = data.apart().isEmpty() && data.probabilities().isEmpty() && !data.sampled();
    Optional<CountableTable> large =
        Tables.countable(data.data()).filter(table -> counts && table.rows() > LOADED_ROWS);
    if (large.isEmpty()) {
      Table table = read(Set.of(recorded.column()), TableOptions.defaults());
      return answered(table, labelling, recorded, classNames, 0);
    }
    CountedRows counted = large.get().count(counting(recorded, rule));
    logCounted(large.get().rows(), counted);
    return answered(
        counted.table(),
        labelling.withWeights(data.weightsColumn().orElse(CountedRows.ROWS)),
        recorded,
        classNames,
        counted.scoreBinWidth());
  }

  private AnsweredRows answered(
      Table table,
      Labelling labelling,
      Recorded recorded,
      List<String> classNames,
      double scoreBinWidth) {
    LabelledSet set =
        label(
            table,
            classNames.isEmpty() ? labelling : labelling.withClasses(new Classes(classNames)));
    Classes classes = set.target().classes();
    Answers answers =
        recorded.scores()
            ? Labels.scores(table, recorded.column(), classes)
            : Labels.predictions(table, recorded.column(), classes);
    return new AnsweredRows(table, set, answers, scoreBinWidth);
  }

  private Counting counting(Recorded recorded, DecisionRule rule) {
    Set<String> keys = new LinkedHashSet<>(List.of(data.target()));
    List<String> header = Tables.header(data.data(), TableOptions.defaults());
    keys.addAll(data.attributeColumns(header));
    newFlips().forEach(keys::add);
    if (data.namesSplit() || header.contains(data.splitColumn())) {
      keys.add(data.splitColumn());
    }
    if (recorded.scores()) {
      Counting.Scores scores = Counting.Scores.decidedBy(recorded.column(), rule);
      return new Counting(List.copyOf(keys), Optional.of(scores), data.weightsColumn());
    }
    keys.add(recorded.column());
    return new Counting(List.copyOf(keys), Optional.empty(), data.weightsColumn());
  }

  private void logCounted(long rows, CountedRows counted) {
    log.printf(
        Locale.ROOT,
        "evenhand: the %,d rows were counted in one pass: %,d are distinct%s.%n",
        rows,
        counted.table().rows(),
        counted.scoreBinWidth() > 0
            ? ", with scores in bins of width %s (only AUC and calibration error depend on them)"
                .formatted(
                    BigDecimal.valueOf(counted.scoreBinWidth())
                        .stripTrailingZeros()
                        .toPlainString())
            : "");
    log.flush();
  }

  /**
   * A column of answers.
   *
   * @param column its name
   * @param scores whether it holds probabilities of the second class, else decided classes
   */
  record Recorded(String column, boolean scores) {}

  private static Set<String> names(DeployedModel model) {
    return model.inputs().stream().map(InputColumn::name).collect(Collectors.toSet());
  }

  /** Reads the columns that have a role and no others. */
  private Table read(Set<String> inputs, TableOptions types) {
    TableOptions options = types;
    if (data.separator().isPresent()) {
      options = options.withSeparator(data.separator().get());
    }
    Set<String> columns = new HashSet<>(inputs);
    columns.add(data.target());
    columns.addAll(flips.columns());
    List<String> header = Tables.header(data.data(), options);
    columns.addAll(ColumnSources.of(data, header).inData());
    if (data.apart().isPresent()) {
      String key = data.apart().get().key();
      columns.add(key);
      options = options.withMoreTextColumns(Set.of(key));
    }
    data.weightsColumn().ifPresent(columns::add);
    if (data.namesSplit() || header.contains(data.splitColumn())) {
      columns.add(data.splitColumn());
    }
    return Tables.read(data.data(), options.withColumns(columns));
  }

  /**
   * The labels of rows. What comes from the table that is kept apart says which groups a row is in
   * and nothing more: neither model nor patch sees it.
   */
  private LabelledSet label(Table table, Labelling labelling) {
    Set<String> apart = ColumnSources.of(data, table.names()).apart();
    if (apart.isEmpty()) {
      return labelling.apply(table);
    }
    List<Column> columns = new ArrayList<>(table.columns());
    columns.addAll(data.apart().orElseThrow().columns(table, data.data(), apart).columns());
    LabelledSet set = labelling.apply(Table.of(columns));
    return new LabelledSet(
        set.inputs().without(apart), set.target(), set.attributes(), set.weights());
  }

  private Labelling labelling() {
    return data.labelling(newFlips().toList());
  }
}

package org.evenhand.workflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.LabelAgreement;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.data.CountableTable;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.ScoreReading;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.images.Preprocessing;

/** Reads labelled rows and gets the answers to them, from a model or from a column. */
public final class RowReader {
  /** Up to here all rows are held in memory, and AUC and calibration error are exact. */
  private static final long LOADED_ROWS = 2_000_000;

  private final RowsRequest request;
  private final Counterparts flips;
  private final Notes notes;

  /**
   * Reads rows that get no counterparts.
   *
   * @param request which rows
   * @param notes told what the reader of a result should know about the model
   */
  public RowReader(RowsRequest request, Notes notes) {
    this(request, Counterparts.of(FlipRequest.NONE), notes);
  }

  /**
   * Reads rows of which some get counterparts.
   *
   * @param request which rows
   * @param flips columns that are attributes too, and what pairs of rows are made from
   * @param notes told what the reader of a result should know about the model
   */
  public RowReader(RowsRequest request, Counterparts flips, Notes notes) {
    this.request = request;
    this.flips = flips;
    this.notes = notes;
  }

  /**
   * All rows with a model's answers.
   *
   * @param model is asked about them
   * @throws WorkflowException if it reads images
   */
  public AnsweredRows answeredBy(DeployedModel model) {
    for (InputColumn input : model.inputs()) {
      if (input.kind() == Kind.TENSOR) {
        throw new WorkflowException(
            "The model reads images from its input '%s'; name the pack that they are in."
                .formatted(input.name()));
      }
    }
    return answered(model, read(names(model), TableOptions.of(model.inputs())));
  }

  /**
   * The same of a model that may read images.
   *
   * @param model is asked about them
   * @param images are read until they are closed
   */
  public AnsweredRows answeredBy(DeployedModel model, LabelledImages images) {
    return images.given() ? answered(model, images.of(model, this::read)) : answeredBy(model);
  }

  /**
   * All rows for a model that is still to be trained.
   *
   * @param images are read until they are closed
   * @param name of the column of images
   * @param how images are prepared
   */
  public Table toTrain(LabelledImages images, String name, Preprocessing how) {
    return images.of(name, how, this::read);
  }

  /**
   * The labels of rows as the columns that have a role say.
   *
   * @param table has those columns
   */
  public LabelledSet labelled(Table table) {
    return label(table, labelling());
  }

  /**
   * The labels of the rows that were asked for, or of all, which nobody answers.
   *
   * @param classes of rows whose true classes nobody knows
   */
  LabelledSet labelled(Classes classes) {
    Table table = read(Set.of(), TableOptions.defaults());
    Labelling labelling = labelling();
    LabelledSet set =
        label(
            table,
            request.roles().target().isPresent() ? labelling : labelling.withClasses(classes));
    return request
        .split()
        .name()
        .map(name -> set.select(request.split().rowsOf(table, name)))
        .orElse(set);
  }

  private AnsweredRows answered(DeployedModel model, Table table) {
    LabelledSet set = label(table, labelling().withClasses(model.classes()));
    Answers answers = model.answer(table);
    notes.say(model.describe());
    model.warnings(table).forEach(notes::warn);
    if (answers instanceof Answers.Soft soft) {
      LabelAgreement.of(soft).warning().ifPresent(notes::warn);
    }
    return new AnsweredRows(table, set, answers, 0);
  }

  /**
   * All rows with answers that the table itself records. Rows of a table that is large and can be
   * counted are gathered into distinct weighted ones, of which an audit gives the same figures.
   *
   * @param recorded where the answers are
   * @param sampled whether the rows have the weights of a sample
   */
  public AnsweredRows recorded(RecordedAnswers recorded, boolean sampled) {
    if (request.roles().target().filter(recorded.column()::equals).isPresent()) {
      throw new WorkflowException(
          "Column '%s' is both the target and the answers, which would all count as right; name the column of what came true, or none for selection rates alone."
              .formatted(recorded.column()),
          Setting.TARGET);
    }
    Labelling labelling = labelling();
    // Joined rows, probabilities and sampling weights differ from row to row, so that counting
    // would gather nothing.
    boolean counts =
        request.apart().isEmpty()
            && request.roles().probabilities().isEmpty()
            && !sampled
            && request.roles().control().isEmpty()
            && recorded.scores().stream().allMatch(RowReader::isProbabilityOfSecond);
    Optional<CountableTable> large =
        Tables.countable(request.data()).filter(table -> counts && table.rows() > LOADED_ROWS);
    if (large.isEmpty()) {
      Table table = read(Set.of(recorded.column()), TableOptions.defaults());
      return answered(table, labelling, recorded, 0);
    }
    CountedRows counted = large.get().count(counting(recorded));
    logCounted(large.get().rows(), counted);
    return answered(
        counted.table(),
        labelling.withWeights(request.roles().weights().orElse(CountedRows.ROWS)),
        recorded,
        counted.scoreBinWidth());
  }

  private AnsweredRows answered(
      Table table, Labelling labelling, RecordedAnswers recorded, double scoreBinWidth) {
    LabelledSet set =
        label(table, classes(recorded, table).map(labelling::withClasses).orElse(labelling));
    Classes classes = set.target().classes();
    Answers answers =
        recorded
            .scores()
            .<Answers>map(reading -> reading.answers(table, recorded.column(), classes))
            .orElseGet(() -> Labels.predictions(table, recorded.column(), classes));
    return new AnsweredRows(table, set, answers, scoreBinWidth);
  }

  /** Those that are named; those of the target are found in it; without one, those decided. */
  private Optional<Classes> classes(RecordedAnswers recorded, Table table) {
    if (!recorded.classes().isEmpty()) {
      return Optional.of(new Classes(recorded.classes()));
    }
    if (request.roles().target().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        recorded.scores().isPresent()
            ? Classes.of("0", "1")
            : Labels.target(table, recorded.column()).classes());
  }

  private Counting counting(RecordedAnswers recorded) {
    Set<String> keys = new LinkedHashSet<>();
    request.roles().target().ifPresent(keys::add);
    List<String> header = Tables.header(request.data(), TableOptions.defaults());
    keys.addAll(request.roles().attributeColumns(header));
    if (request.split().isNamed() || header.contains(request.split().column())) {
      keys.add(request.split().column());
    }
    if (recorded.scores().isPresent()) {
      DecisionRule rule =
          recorded.scores().orElseThrow().rule(recorded.column(), Classes.of("first", "second"));
      Counting.Scores scores = Counting.Scores.decidedBy(recorded.column(), rule);
      return new Counting(List.copyOf(keys), Optional.of(scores), request.roles().weights());
    }
    keys.add(recorded.column());
    return new Counting(List.copyOf(keys), Optional.empty(), request.roles().weights());
  }

  private void logCounted(long rows, CountedRows counted) {
    notes.say(
        String.format(
            Locale.ROOT,
            "the %,d rows were counted in one pass: %,d are distinct%s.",
            rows,
            counted.table().rows(),
            counted.scoreBinWidth() > 0
                ? ", with scores in bins of width %s (only AUC and calibration error depend on them)"
                    .formatted(
                        BigDecimal.valueOf(counted.scoreBinWidth())
                            .stripTrailingZeros()
                            .toPlainString())
                : ""));
  }

  private static boolean isProbabilityOfSecond(ScoreReading reading) {
    return reading.scale() == ScoreReading.Scale.PROBABILITY && reading.about().isEmpty();
  }

  private static Set<String> names(DeployedModel model) {
    return model.inputs().stream().map(InputColumn::name).collect(Collectors.toSet());
  }

  /** Reads the columns that have a role and no others. */
  private Table read(Set<String> inputs, TableOptions types) {
    TableOptions options = types;
    if (request.separator().isPresent()) {
      options = options.withSeparator(request.separator().get());
    }
    Set<String> columns = new HashSet<>(inputs);
    request.roles().target().ifPresent(columns::add);
    request.roles().control().ifPresent(columns::add);
    columns.addAll(flips.columns());
    List<String> header = Tables.header(request.data(), options);
    columns.addAll(ColumnSources.of(request, header).inData());
    if (request.apart().isPresent()) {
      String key = request.apart().get().key();
      columns.add(key);
      options = options.withMoreTextColumns(Set.of(key));
    }
    request.roles().weights().ifPresent(columns::add);
    if (request.split().isNamed() || header.contains(request.split().column())) {
      columns.add(request.split().column());
    }
    return Tables.read(request.data(), options.withColumns(columns));
  }

  /**
   * The labels of rows. What comes from the table that is kept apart says which groups a row is in
   * and nothing more: neither model nor patch sees it.
   */
  private LabelledSet label(Table table, Labelling labelling) {
    Set<String> apart = ColumnSources.of(request, table.names()).apart();
    if (apart.isEmpty()) {
      noteValues(labelling, table);
      return labelling.apply(table);
    }
    List<Column> columns = new ArrayList<>(table.columns());
    columns.addAll(request.apart().orElseThrow().columns(table, request.data(), apart).columns());
    Table joined = Table.of(columns);
    noteValues(labelling, joined);
    LabelledSet set = labelling.apply(joined);
    return new LabelledSet(
        set.inputs().without(apart), set.target(), set.attributes(), set.weights());
  }

  private void noteValues(Labelling labelling, Table table) {
    labelling.notes(table).forEach(note -> notes.warn(note, Setting.UNKNOWN_VALUES));
  }

  private Labelling labelling() {
    return request.roles().labelling(flips.request().columns());
  }
}

package org.evenhand.spark;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.RowsUsed;
import org.evenhand.audit.ScoreBins;
import org.evenhand.audit.ScoreMeaning;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.ScoreReading;

/** One audit: what is counted, and what becomes of the counts. */
final class RowAudit {
  private static final StructType ANSWER =
      new StructType()
          .add(CountedTable.DECIDED, DataTypes.IntegerType)
          .add(CountedTable.LIKELIEST, DataTypes.IntegerType)
          .add(RowCounts.SCORE, DataTypes.DoubleType);

  private final Dataset<Row> rows;
  private final RowColumns columns;
  private final Labelling labelling;
  private final RowAnswers answers;
  private final AuditSettings settings;
  private final List<String> keys;

  RowAudit(Dataset<Row> rows, Labelling labelling, RowAnswers answers, AuditSettings settings) {
    this.rows = rows;
    this.columns = RowColumns.of(rows);
    this.labelling = labelling;
    this.answers = answers;
    this.settings = settings;
    this.keys = keys();
    requireSupported();
  }

  private List<String> keys() {
    Set<String> names = new LinkedHashSet<>();
    labelling.target().ifPresent(names::add);
    for (String attribute : labelling.attributes()) {
      names.addAll(Labels.columns(attribute, columns.names()));
    }
    if (answers instanceof RowAnswers.Decisions decisions) {
      names.add(decisions.column());
    }
    return List.copyOf(names);
  }

  private void requireSupported() {
    EvenhandSpark.requireTable(rows);
    if (!labelling.probabilities().isEmpty()) {
      throw new EvenhandSparkException(
          "Attribute '%s' is known by probabilities, which differ from row to row, so that rows cannot be counted; audit such an attribute in memory."
              .formatted(labelling.probabilities().get(0).attribute()));
    }
    if (settings.weights().filter(WeightKind.SAMPLING::equals).isPresent()) {
      throw new EvenhandSparkException(
          "The weights are sampling weights, which differ from row to row, so that rows cannot be counted; audit a sample in memory.");
    }
    recorded()
        .filter(column -> labelling.target().filter(column::equals).isPresent())
        .ifPresent(
            column -> {
              throw new EvenhandSparkException(
                  "Column '%s' is both the target and the answers, which would all count as right; name the column of what came true."
                      .formatted(column));
            });
  }

  /** The column that the answers stand in, unless they are a model's. */
  private Optional<String> recorded() {
    if (answers instanceof RowAnswers.Decisions decisions) {
      return Optional.of(decisions.column());
    }
    if (answers instanceof RowAnswers.Scores scores) {
      return Optional.of(scores.column());
    }
    return answers instanceof RowAnswers.Probabilities probabilities
        ? Optional.of(probabilities.column())
        : Optional.empty();
  }

  AuditResult result() {
    return result(counted());
  }

  /** The result with what a record of the run says of rows and scores. */
  AuditResult described() {
    CountedTable counted = counted();
    AuditResult result = result(counted);
    long total = counted.total();
    Optional<ScoreMeaning> meaning =
        answers instanceof RowAnswers.Scores scores
            ? Optional.of(
                new ScoreMeaning(
                    scores.column(),
                    result.classes().names().get(1),
                    ScoreReading.Scale.PROBABILITY.key(),
                    settings.decisionRule().threshold().stream().boxed().findFirst()))
            : Optional.empty();
    return result.withScope(
        result.scope().with(new RowsUsed("", total, total, false), meaning, counted.notes()));
  }

  private CountedTable counted() {
    boolean scored = !(answers instanceof RowAnswers.Decisions);
    List<String> by = new ArrayList<>();
    for (int key = 0; key < keys.size(); key++) {
      by.add(CountedTable.key(key));
    }
    if (scored) {
      by.add(CountedTable.DECIDED);
      by.add(CountedTable.LIKELIEST);
    }
    Dataset<Row> prepared = prepared();
    RowCounts.Counted counted =
        Failures.told(
            "The rows could not be counted",
            () ->
                new RowCounts(by, scored, CountedRows.MOST)
                    .distinct(prepared, String.join(", ", keys)));
    return new CountedTable(counted, keys, columns, labelling);
  }

  private AuditResult result(CountedTable counted) {
    counted.requireValid(answers);
    LabelledSet set = counted.labelled(answers);
    Classes classes = set.target().classes();
    Answers given = counted.answers(answers, classes, settings);
    AuditSettings counting =
        labelling.weights().isPresent()
            ? settings
            : settings.toBuilder().weights(WeightKind.FREQUENCY).build();
    // The executors have decided, to the last bit as the rows say; bins of scores could not.
    AuditResult result = Audit.of(set, given, counting.withDecisionRule(DecisionRule.OF_MODEL));
    if (counted.binWidth() > 0) {
      result =
          result.withScoreBins(
              ScoreBins.of(
                  counted.binWidth(),
                  set,
                  result,
                  counted.scores(classes, settings, RowCounts.LEAST),
                  counted.scores(classes, settings, RowCounts.MOST)));
    }
    return settings.decisionRule() == DecisionRule.OF_MODEL
        ? result
        : result.withSettings(counting);
  }

  /** The rows with nothing but what they are counted by. */
  private Dataset<Row> prepared() {
    if (answers instanceof RowAnswers.OfModel ofModel) {
      return answered(ofModel.model());
    }
    List<Column> selected = roles();
    if (answers instanceof RowAnswers.Scores scores) {
      Column score = columns.number(scores.column(), "scores");
      selected.add(decidedBy(score, rule()).as(CountedTable.DECIDED));
      selected.add(decidedBy(score, DecisionRule.MOST_PROBABLE).as(CountedTable.LIKELIEST));
      selected.add(score.as(RowCounts.SCORE));
    } else if (answers instanceof RowAnswers.Probabilities probabilities) {
      Column answer = answer(probabilities);
      for (StructField field : ANSWER.fields()) {
        selected.add(answer.getField(field.name()).as(field.name()));
      }
    } else {
      selected.add(lit(null).cast(DataTypes.DoubleType).as(RowCounts.SCORE));
    }
    return rows.select(selected.toArray(Column[]::new));
  }

  private List<Column> roles() {
    List<Column> roles = new ArrayList<>();
    for (int key = 0; key < keys.size(); key++) {
      roles.add(columns.key(keys.get(key)).as(CountedTable.key(key)));
    }
    roles.add(
        labelling
            .weights()
            .map(name -> columns.number(name, "weights"))
            .orElse(lit(1.0))
            .as(RowCounts.WEIGHT));
    return roles;
  }

  /** Of two classes the model's own decision is the more probable one where it gives no label. */
  private DecisionRule rule() {
    return settings.decisionRule() == DecisionRule.OF_MODEL
        ? DecisionRule.MOST_PROBABLE
        : settings.decisionRule();
  }

  private static Column decidedBy(Column score, DecisionRule rule) {
    return when(score.geq(Counting.Scores.decidedBy("", rule).boundary()), 1).otherwise(0);
  }

  private Column answer(RowAnswers.Probabilities probabilities) {
    RowDecision decision =
        new RowDecision(
            probabilities.classes(),
            settings,
            CountedTable.scored(probabilities.classes(), settings));
    UDF1<scala.collection.Seq<Double>, Row> decide = decision::ofProbabilities;
    return udf(decide, ANSWER).apply(columns.numbers(probabilities.column()));
  }

  private Dataset<Row> answered(ExecutorModel model) {
    RowTable.requireReadable(model.inputs(), columns);
    List<Column> selected = roles();
    model.inputs().forEach(input -> selected.add(RowColumns.of(input.name())));
    Dataset<Row> asked = rows.select(selected.toArray(Column[]::new));
    int kept = keys.size() + 1;
    StructType schema = new StructType();
    for (int column = 0; column < kept; column++) {
      schema = schema.add(asked.schema().apply(column));
    }
    for (StructField field : ANSWER.fields()) {
      schema = schema.add(field);
    }
    RowDecision decision =
        new RowDecision(model.classes(), settings, CountedTable.scored(model.classes(), settings));
    return model.answered(asked, schema, (batch, of) -> decision.after(batch, kept, of));
  }
}

package org.evenhand.spark;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.LazyClassifier;
import org.evenhand.core.Provenance;
import org.evenhand.onnx.CorrectionStep;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.jspecify.annotations.Nullable;

/**
 * A model, or a correction of recorded scores, that the executors of a cluster ask. Each opens its
 * file once, with one thread of ONNX Runtime for each task that asks.
 *
 * <pre>{@code
 * try (ExecutorModel fair = ExecutorModel.onnx("/models/fair.onnx", OnnxOptions.defaults())) {
 *   fair.decide(people).write().parquet("decided");
 * }
 * }</pre>
 *
 * <p>Closing it closes what the driver has opened, so close it after the last job. Whether rows
 * come from a table or from a stream makes no difference.
 */
public final class ExecutorModel implements AutoCloseable, Serializable {
  /** The column that {@link #decide} adds with the decided class. */
  public static final String DECISION = "decision";

  /** The column that {@link #decide} adds with a probability for every class. */
  public static final String PROBABILITIES = "probabilities";

  private static final long serialVersionUID = 1L;

  private static final StructType ANSWER =
      new StructType()
          .add(DECISION, DataTypes.StringType)
          .add(PROBABILITIES, DataTypes.createArrayType(DataTypes.DoubleType));

  private final LazyClassifier<Classifier> lazy;
  private final List<InputColumn> inputs;
  private final Classes classes;

  private ExecutorModel(LazyClassifier<Classifier> lazy, List<InputColumn> inputs) {
    this.lazy = lazy;
    this.inputs = List.copyOf(inputs);
    this.classes = lazy.classes();
    for (InputColumn input : inputs) {
      if (input.kind() == Kind.TENSOR) {
        throw new EvenhandSparkException(
            "The model reads tensors from its input '%s'; on Spark a model reads columns of numbers and text."
                .formatted(input.name()));
      }
    }
  }

  /**
   * A model in an ONNX file; a fused one answers with the correction in it.
   *
   * @param file at the same place for the driver and every executor
   * @param options how it is opened; it computes with one thread whatever they say
   * @throws org.evenhand.onnx.OnnxException if the file is missing, broken or no classifier
   * @throws EvenhandSparkException if the model reads images
   */
  public static ExecutorModel onnx(String file, OnnxOptions options) {
    OnnxOptions single = options.withThreads(1);
    LazyClassifier<Classifier> lazy =
        LazyClassifier.of(() -> OnnxClassifier.open(Path.of(file), single));
    return new ExecutorModel(lazy, ((OnnxClassifier) lazy.opened()).inputs());
  }

  /**
   * A correction of scores that a column holds already.
   *
   * @param step an ONNX file that a repair wrote to be run after the model, at the same place for
   *     the driver and every executor
   * @param scores the probability of the second of two classes, or one column for every class
   * @throws org.evenhand.onnx.OnnxException if the file is missing, broken or no correction
   * @throws EvenhandSparkException if there is another number of columns
   */
  public static ExecutorModel correction(String step, List<String> scores) {
    List<String> columns = List.copyOf(scores);
    LazyClassifier<Classifier> lazy =
        LazyClassifier.of(() -> new CorrectedScores(CorrectionStep.open(Path.of(step)), columns));
    CorrectedScores opened = (CorrectedScores) lazy.opened();
    return new ExecutorModel(lazy, opened.inputs());
  }

  /** The classes that it decides between. */
  public Classes classes() {
    return classes;
  }

  /** The columns that a row must have. */
  public List<InputColumn> inputs() {
    return inputs;
  }

  /** The model as a run's provenance names it; nothing for a correction of recorded scores. */
  public Optional<Provenance.Artefact> artefact() {
    return lazy.opened() instanceof DeployedModel deployed
        ? Optional.of(deployed.artefact())
        : Optional.empty();
  }

  /**
   * The rows with the decided class in a column {@value #DECISION} and, where the model gives them,
   * the probabilities of all classes in {@value #PROBABILITIES}. Executors ask the model in
   * batches.
   *
   * @param rows have every column of {@link #inputs}, and none of these two
   * @throws EvenhandSparkException if a column is missing, or of a type that the model cannot read
   */
  public Dataset<Row> decide(Dataset<Row> rows) {
    StructType schema = rows.schema();
    RowColumns columns = RowColumns.of(rows);
    RowTable.requireReadable(inputs, columns);
    for (String added : List.of(DECISION, PROBABILITIES)) {
      if (columns.names().contains(added)) {
        throw new EvenhandSparkException(
            "The rows have a column '%s' already, where the answers are to stand; rename it."
                .formatted(added));
      }
    }
    for (StructField field : ANSWER.fields()) {
      schema = schema.add(field);
    }
    return answered(rows, schema, ExecutorModel::withAnswers);
  }

  /**
   * The same answer as an expression, to be used where a column is: a structure of {@value
   * #DECISION} and {@value #PROBABILITIES}. It asks the model row by row, which costs more than
   * {@link #decide}.
   *
   * <pre>{@code
   * people.filter(model.answer().getField("decision").equalTo("yes"))
   * }</pre>
   */
  public Column answer() {
    LazyClassifier<Classifier> model = lazy;
    List<InputColumn> read = inputs;
    UDF1<Row, Row> ask =
        row -> {
          Answers answers = model.answer(RowTable.of(List.of(row), read));
          return RowFactory.create(
              answers.classes().names().get(answers.decisions(DecisionRule.OF_MODEL)[0]),
              probabilities(answers, 0));
        };
    Column[] columns =
        inputs.stream().map(input -> RowColumns.of(input.name())).toArray(Column[]::new);
    return udf(ask, ANSWER).apply(struct(columns));
  }

  /** What becomes of rows that were answered. */
  @FunctionalInterface
  interface Answered extends Serializable {
    /** As many rows as were asked about. */
    List<Row> of(List<Row> rows, Answers answers);
  }

  /** Rows made of the answers to them. */
  Dataset<Row> answered(Dataset<Row> rows, StructType schema, Answered answered) {
    LazyClassifier<Classifier> model = lazy;
    List<InputColumn> read = inputs;
    MapPartitionsFunction<Row, Row> ask =
        (Iterator<Row> part) ->
            new BatchedRows(
                part, batch -> answered.of(batch, model.answer(RowTable.of(batch, read))));
    return rows.mapPartitions(ask, Encoders.row(schema));
  }

  private static List<Row> withAnswers(List<Row> rows, Answers answers) {
    int[] decisions = answers.decisions(DecisionRule.OF_MODEL);
    List<Row> answered = new ArrayList<>(decisions.length);
    for (int i = 0; i < decisions.length; i++) {
      Row row = rows.get(i);
      Object[] values = new Object[row.size() + 2];
      for (int column = 0; column < row.size(); column++) {
        values[column] = row.get(column);
      }
      values[row.size()] = answers.classes().names().get(decisions[i]);
      values[row.size() + 1] = probabilities(answers, i);
      answered.add(RowFactory.create(values));
    }
    return answered;
  }

  /** Null, which Spark takes for missing, where the model gives none. */
  private static Double @Nullable [] probabilities(Answers answers, int i) {
    if (!(answers instanceof Answers.Soft soft)) {
      return null;
    }
    int size = soft.classes().size();
    Double[] probabilities = new Double[size];
    for (int k = 0; k < size; k++) {
      probabilities[k] = Math.exp(soft.logProbabilities()[i * size + k]);
    }
    return probabilities;
  }

  /** Closes what the driver has opened. */
  @Override
  public void close() {
    lazy.close();
  }
}

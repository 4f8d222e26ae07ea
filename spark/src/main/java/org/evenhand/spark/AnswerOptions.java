package org.evenhand.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Setting;
import org.evenhand.onnx.OnnxOptions;
import picocli.CommandLine.Option;

/** Options that say where answers are, and what they decide between. */
final class AnswerOptions {
  @Option(
      names = "--scores-column",
      paramLabel = "COLUMN",
      description = "A column of probabilities of the second class.")
  private Optional<String> scores = Optional.empty();

  @Option(
      names = "--predictions-column",
      paramLabel = "COLUMN",
      description = "A column of decided classes.")
  private Optional<String> predictions = Optional.empty();

  @Option(
      names = "--probabilities-column",
      paramLabel = "COLUMN",
      description =
          "A column with a probability for each of --classes: a vector of Spark ML or an array.")
  private Optional<String> probabilities = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "An ONNX file, at the same place for the driver and every executor.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "NAME,...",
      split = ",",
      description = "The classes in the model's order.")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "P",
      description = "Decide the second of two classes from this probability on.")
  private Optional<Double> threshold = Optional.empty();

  /** Refuses answers of which nothing says where they are, or what of. */
  void check() {
    long sources =
        Stream.of(scores, predictions, probabilities, model).filter(Optional::isPresent).count();
    if (sources != 1) {
      throw new EvenhandSparkException(
          "Name exactly one source of answers: --model, --scores-column, --predictions-column or --probabilities-column.");
    }
    if (probabilities.isPresent() && classes.isEmpty()) {
      throw new EvenhandSparkException(
          "Nothing says which class which probability is of; name the classes in their order.",
          Setting.CLASSES);
    }
  }

  /** The classes that are named. */
  Optional<Classes> classes() {
    return classes.isEmpty() ? Optional.empty() : Optional.of(new Classes(classes));
  }

  /** Whether the classes are known without a column of true ones. */
  boolean tellClasses() {
    return model.isPresent() || !classes.isEmpty();
  }

  /** How probabilities become decisions, if that is said. */
  Optional<DecisionRule> rule() {
    return threshold.map(DecisionRule::threshold);
  }

  /**
   * Where the answers are.
   *
   * @param model gives them, if one does; closed with this
   */
  record Opened(RowAnswers answers, Optional<ExecutorModel> model) implements AutoCloseable {
    @Override
    public void close() {
      model.ifPresent(ExecutorModel::close);
    }
  }

  /** Opens the model, if there is one. */
  Opened open() {
    Optional<ExecutorModel> opened = model.map(file -> ExecutorModel.onnx(file, modelOptions()));
    RowAnswers answers =
        opened
            .<RowAnswers>map(RowAnswers.OfModel::new)
            .or(() -> scores.map(RowAnswers.Scores::new))
            .or(() -> predictions.map(RowAnswers.Decisions::new))
            .orElseGet(
                () ->
                    new RowAnswers.Probabilities(
                        probabilities.orElseThrow(), new Classes(classes)));
    return new Opened(answers, opened);
  }

  private OnnxOptions modelOptions() {
    return classes.isEmpty()
        ? OnnxOptions.defaults()
        : OnnxOptions.of(ModelContract.none().withClasses(classes));
  }
}

package org.evenhand.core;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An output of a model that holds the classes' scores.
 *
 * @param name the output's name
 * @param layout how the scores are laid out
 * @param scale what the scores are
 * @param rank of the tensor; 0 for maps
 * @param columns the outputs in the order of the classes, if each class has one of its own; else
 *     empty
 */
public record ScoreOutput(
    String name, Layout layout, ScoreScale scale, int rank, List<String> columns) {
  private static final Set<String> CONVENTIONAL =
      Set.of("probabilities", "probability", "output_probability", "predict_proba");

  /** The most usual form of a model's answer first. */
  private static final Comparator<ScoreOutput> USUAL_FIRST =
      Comparator.comparingInt(ScoreOutput::unusualForm).thenComparingInt(ScoreOutput::unusualName);

  /** How scores are laid out. */
  public enum Layout {
    /** {@code [N,K]}. */
    MATRIX("one column per class"),
    /** {@code [N,1]} or {@code [N]}: the second of two classes. */
    SINGLE("of the second class"),
    /** {@code [N,2]}, the second class first. */
    REVERSED("one column per class, in the opposite order of the labels"),
    /** {@code [N,2]}, whose first column says nothing. */
    BESIDE("of the second class, beside a column that says nothing"),
    /** A sequence of maps from class to score. */
    MAPS("one map per row"),
    /** K outputs {@code [N]} or {@code [N,1]}. */
    COLUMNS("one output per class");

    private final String label;

    Layout(String label) {
      this.label = label;
    }
  }

  /** Copies the columns. */
  public ScoreOutput {
    columns = List.copyOf(columns);
  }

  /**
   * One output that holds the scores of all classes.
   *
   * @param name the output's name
   * @param layout how the scores are laid out
   * @param scale what the scores are
   * @param rank of the tensor; 0 for maps
   */
  public ScoreOutput(String name, Layout layout, ScoreScale scale, int rank) {
    this(name, layout, scale, rank, List.of());
  }

  /** The names of all outputs that hold the scores. */
  public List<String> outputs() {
    return columns.isEmpty() ? List.of(name) : columns;
  }

  /**
   * Whether an output's scores are logits if one goes by its name.
   *
   * @param output the output's name
   */
  public static boolean namesLogits(String output) {
    return output.toLowerCase(Locale.ROOT).contains("logit");
  }

  /**
   * The one among several outputs that a model most likely answers with: probabilities before
   * logits, all classes before one, conventional names first.
   *
   * @param rivals at least one
   * @throws CoreException if several are equally likely
   */
  public static ScoreOutput mostUsual(List<ScoreOutput> rivals) {
    ScoreOutput first = rivals.stream().min(USUAL_FIRST).orElseThrow();
    ModelContract.requireOne(
        rivals.stream()
            .filter(rival -> USUAL_FIRST.compare(rival, first) == 0)
            .map(ScoreOutput::name)
            .toList());
    return first;
  }

  private int unusualForm() {
    boolean logits = scale.isLogits();
    return switch (layout) {
      case MATRIX, REVERSED -> logits ? 2 : 0;
      case MAPS, COLUMNS -> logits ? 2 : 1;
      case SINGLE, BESIDE -> logits ? 4 : 3;
    };
  }

  private int unusualName() {
    String lower = name.toLowerCase(Locale.ROOT);
    if (CONVENTIONAL.contains(lower)) {
      return 0;
    }
    return lower.contains("prob") ? 1 : 2;
  }

  /** What is read and as what: {@code 'p' (probabilities, one column per class)}. */
  public String describe() {
    return "'%s' (%s, %s)".formatted(String.join("', '", outputs()), scale.label(), layout.label);
  }
}

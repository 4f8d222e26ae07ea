package org.evenhand.repair;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;

/**
 * What a method may learn from. It never holds a row on which the repair is measured.
 *
 * <pre>{@code
 * RepairTask task = RepairTask.of(calibration, model.answer(inputs), List.of("race")).withSeed(7);
 * }</pre>
 */
public final class RepairTask {
  private final LabelledSet rows;
  private final Answers answers;
  private final List<String> attributes;
  private final Optional<HeadTask> head;
  private final Optional<Twins> twins;
  private final DecisionRule decisionRule;
  private final long seed;
  private final int threads;
  private final Progress progress;

  private RepairTask(
      LabelledSet rows,
      Answers answers,
      List<String> attributes,
      Optional<HeadTask> head,
      Optional<Twins> twins,
      DecisionRule decisionRule,
      long seed,
      int threads,
      Progress progress) {
    if (answers.rows() != rows.rows()) {
      throw new RepairException(
          "There are %d answers for %d rows; a task needs one answer per row."
              .formatted(answers.rows(), rows.rows()));
    }
    if (attributes.isEmpty()) {
      throw new RepairException("Name at least one attribute whose bias is to be repaired.");
    }
    attributes.forEach(rows::attribute);
    this.rows = rows;
    this.answers = answers;
    this.attributes = List.copyOf(attributes);
    this.head = head;
    this.twins = twins;
    this.decisionRule = decisionRule;
    this.seed = seed;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * A task for a black box: the most probable class decides, seed 1, one thread.
   *
   * @param rows the calibration rows; their inputs are what a correction may read when it serves
   * @param answers the deployed model's answers to them
   * @param attributes names of the attributes whose bias is to be repaired, at least one
   * @throws RepairException if there are not as many answers as rows, or no attribute
   * @throws org.evenhand.core.CoreException if the rows do not have an attribute
   */
  public static RepairTask of(LabelledSet rows, Answers answers, List<String> attributes) {
    return new RepairTask(
        rows,
        answers,
        attributes,
        Optional.empty(),
        Optional.empty(),
        DecisionRule.MOST_PROBABLE,
        1,
        1,
        Progress.NONE);
  }

  /**
   * The same for a model that shows its head.
   *
   * @param inside its head, training rows and pairs
   */
  public RepairTask withHead(HeadTask inside) {
    return new RepairTask(
        rows,
        answers,
        attributes,
        Optional.of(inside),
        twins,
        decisionRule,
        seed,
        threads,
        progress);
  }

  /**
   * The same with what rows would be under another value of an attribute.
   *
   * @param others of these rows
   * @throws RepairException if a twin is of no row of the task, or of another class
   */
  public RepairTask withTwins(Twins others) {
    int[] classes = others.pairs().factual().target().codes();
    for (int pair = 0; pair < others.size(); pair++) {
      int row = others.rows()[pair];
      if (row < 0 || row >= rows.rows() || rows.target().codes()[row] != classes[pair]) {
        throw new RepairException(
            "Pair %d is said to be of row %d, but it is not: there is no such row, or its class is another."
                .formatted(pair + 1, row + 1));
      }
    }
    return new RepairTask(
        rows,
        answers,
        attributes,
        head,
        Optional.of(others),
        decisionRule,
        seed,
        threads,
        progress);
  }

  /**
   * The same with the answers of a changed model, which nobody asked about twins.
   *
   * @param others one per row
   */
  RepairTask withAnswers(Answers others) {
    return new RepairTask(
        rows, others, attributes, head, Optional.empty(), decisionRule, seed, threads, progress);
  }

  /**
   * The same with another way to decide.
   *
   * @param rule how probabilities become decisions
   */
  public RepairTask withDecisionRule(DecisionRule rule) {
    return new RepairTask(rows, answers, attributes, head, twins, rule, seed, threads, progress);
  }

  /**
   * The same with another seed.
   *
   * @param other of every random draw
   */
  public RepairTask withSeed(long other) {
    return new RepairTask(
        rows, answers, attributes, head, twins, decisionRule, other, threads, progress);
  }

  /**
   * The same on more threads, which changes no figure.
   *
   * @param count at least one
   * @param watched told how far the method has come
   */
  public RepairTask withThreads(int count, Progress watched) {
    if (count < 1) {
      throw new RepairException(
          "The number of threads is %d; it must be at least 1.".formatted(count));
    }
    return new RepairTask(
        rows, answers, attributes, head, twins, decisionRule, seed, count, watched);
  }

  /**
   * Some of the rows, for a repair of the model's answers; what is seen inside the model is left
   * out, and so are twins.
   *
   * @param some indices of rows
   */
  public RepairTask select(int[] some) {
    return new RepairTask(
        rows.select(some),
        answers.select(some),
        attributes,
        Optional.empty(),
        Optional.empty(),
        decisionRule,
        seed,
        threads,
        Progress.NONE);
  }

  /** The calibration rows. */
  public LabelledSet rows() {
    return rows;
  }

  /** The deployed model's answers to them. */
  public Answers answers() {
    return answers;
  }

  /**
   * The answers with a probability for each class.
   *
   * @throws RepairException if the model answers with labels alone
   */
  public Answers.Soft scores() {
    if (answers instanceof Answers.Soft soft) {
      return soft;
    }
    throw new RepairException(
        "The model answers with labels only; a repair of its answers needs probabilities or logits, so let the model"
            + " put out one of them. "
            + Answers.Hard.WAYS_TO_SCORES);
  }

  /** The attributes whose bias is to be repaired. */
  public List<String> attributes() {
    return attributes;
  }

  /**
   * What is seen inside the model.
   *
   * @throws RepairException if the model does not show its head
   */
  public HeadTask head() {
    return head.orElseThrow(
        () ->
            new RepairException(
                "Editing needs a model that shows its last layer, and this one does not; correct its answers instead."));
  }

  /** What rows would be under another value of an attribute, if that is known. */
  public Optional<Twins> twins() {
    return twins;
  }

  /** How probabilities become decisions. */
  public DecisionRule decisionRule() {
    return decisionRule;
  }

  /** The seed of every random draw. */
  public long seed() {
    return seed;
  }

  /** How many threads may work; changes no figure. */
  public int threads() {
    return threads;
  }

  /** Told how far the method has come. */
  public Progress progress() {
    return progress;
  }
}

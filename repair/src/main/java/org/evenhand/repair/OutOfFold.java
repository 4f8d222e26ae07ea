package org.evenhand.repair;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Table;

/**
 * What a form of a method answers, fold by fold, each row by a repair that was not fitted on it:
 * its decisions and, where the task has twins of its rows, what row and twin are given.
 *
 * <pre>{@code
 * OutOfFold judged = new OutOfFold(task, task.decisionRule());
 * for (int f = 0; f < folds.count(); f++) {
 *   Correction fitted = fit(task.select(folds.outside(f)));
 *   judged.note(folds.in(f), fitted::apply);
 * }
 * Candidate candidate = judged.candidate(METHOD, "plain", () -> propose(task));
 * }</pre>
 */
public final class OutOfFold {
  private final RepairTask task;
  private final DecisionRule rule;
  private final int[] decisions;
  private final double[] ofRows;
  private final double[] ofTwins;

  /**
   * Nothing judged yet.
   *
   * @param task with the rows, and with their twins if it has any
   * @param rule by which repaired answers decide
   */
  public OutOfFold(RepairTask task, DecisionRule rule) {
    this.task = task;
    this.rule = rule;
    this.decisions = new int[task.rows().rows()];
    this.ofRows = new double[decisions.length];
    this.ofTwins = new double[task.twins().map(Twins::size).orElse(0)];
  }

  /**
   * Notes what a repair makes of the deployed model's answers.
   *
   * @param held rows that it was not fitted on
   * @param repaired from deployed answers and the inputs that they are about to repaired answers
   * @throws RepairException if the deployed model answers with labels only
   */
  public void note(int[] held, BiFunction<Answers.Soft, Table, Answers.Soft> repaired) {
    Answers.Soft answers =
        repaired.apply(task.scores().select(held), task.rows().inputs().select(held));
    note(
        held,
        answers,
        twins -> {
          int[] pairs = twins.of(held);
          return repaired.apply(twins.answers().select(pairs), twins.inputs().select(pairs));
        });
  }

  /** Answers to the twins of some rows, pair by pair as {@link Twins#of} lists them. */
  @FunctionalInterface
  public interface ToTwins {
    /**
     * The answers.
     *
     * @param twins of the task
     */
    Answers.Soft of(Twins twins);
  }

  /**
   * Notes what a repair answers.
   *
   * @param held rows that it was not fitted on
   * @param answers to those rows
   * @param toTwins is asked only if the task has twins
   */
  public void note(int[] held, Answers.Soft answers, ToTwins toTwins) {
    int[] decided = answers.decisions(rule);
    double[] chances =
        Twins.chances(task.rows().target().select(held).codes(), answers, held.length);
    for (int i = 0; i < held.length; i++) {
      decisions[held[i]] = decided[i];
      ofRows[held[i]] = chances[i];
    }
    task.twins()
        .ifPresent(
            twins -> {
              int[] pairs = twins.of(held);
              double[] others = twins.chances(pairs, toTwins.of(twins));
              for (int i = 0; i < pairs.length; i++) {
                ofTwins[pairs[i]] = others[i];
              }
            });
  }

  /** What rows and twins are given; empty if the task has no twins. */
  public Optional<PairChances> pairs() {
    return task.twins().map(twins -> PairChances.of(twins, ofRows, ofTwins));
  }

  /**
   * The form, once every row was held out.
   *
   * @param method it is a form of
   * @param form what distinguishes it from other forms, in a few words
   * @param proposal fits it on all rows of the task
   */
  public Candidate candidate(Method method, String form, Supplier<Proposal> proposal) {
    return new Candidate(method, form, decisions, pairs(), proposal);
  }
}

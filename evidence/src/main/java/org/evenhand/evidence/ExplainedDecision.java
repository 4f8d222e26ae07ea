package org.evenhand.evidence;

import java.util.List;

/**
 * What a fused model did to one row's answer.
 *
 * @param row its number, counted from 1 in the file
 * @param answers one per class
 * @param flipped whether the decision changed
 */
public record ExplainedDecision(int row, List<ClassAnswer> answers, boolean flipped) {
  /** Copies the list. */
  public ExplainedDecision {
    answers = List.copyOf(answers);
  }

  /**
   * The answer about one class.
   *
   * @param name of the class
   * @param original the deployed model's probability, 0 to 1
   * @param subtracted what the correction took from its logarithm, in nats, with mean zero over the
   *     classes: a positive number means that the rule favoured the class
   * @param corrected the fused model's probability, 0 to 1
   */
  public record ClassAnswer(String name, double original, double subtracted, double corrected) {}
}

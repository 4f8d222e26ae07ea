package org.evenhand.unlearning;

import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;

/**
 * The rows that accuracy is measured on while settings are chosen: those given for it, else the
 * members of the pairs, weighted so that within a class every attribute value counts the same.
 */
final class CheckRows {
  private final HeadRows rows;
  private final boolean members;
  private final HeadShape shape;
  private final Classes classes;
  private final DecisionRule decisionRule;

  CheckRows(TrainedHead head, PairRows pairs, Optional<HeadRows> given, DecisionRule decisionRule) {
    this.shape = head.shape();
    this.classes = head.head().classes();
    this.members = given.isEmpty();
    this.rows = given.orElseGet(() -> GroupBalance.of(pairs, shape.classes()));
    this.decisionRule = decisionRule;
  }

  int size() {
    return rows.rows();
  }

  double[] weights() {
    return rows.weights();
  }

  /**
   * Notes what an edit decides about the rows that it may be judged by.
   *
   * @param parameters of the edit
   * @param heldOutPairs the pairs that it was not fitted to
   * @param pairs m, the number of all pairs
   */
  void judge(double[] parameters, int[] heldOutPairs, int pairs, HeldOut into) {
    int[] items = members ? bothMembers(heldOutPairs, pairs) : all();
    HeadRows judged = members ? rows.select(items) : rows;
    Answers.Soft answers = shape.answers(classes, parameters, judged);
    int[] decisions = answers.decisions(decisionRule);
    for (int i = 0; i < items.length; i++) {
      int target = judged.targets()[i];
      into.answer(
          items[i],
          decisions[i] == target,
          -answers.logProbabilities()[i * classes.size() + target]);
    }
  }

  private static int[] bothMembers(int[] heldOutPairs, int pairs) {
    int[] items = new int[2 * heldOutPairs.length];
    for (int i = 0; i < heldOutPairs.length; i++) {
      items[i] = heldOutPairs[i];
      items[heldOutPairs.length + i] = pairs + heldOutPairs[i];
    }
    return items;
  }

  private int[] all() {
    int[] all = new int[rows.rows()];
    for (int row = 0; row < all.length; row++) {
      all[row] = row;
    }
    return all;
  }
}

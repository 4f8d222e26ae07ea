package org.evenhand.workflow;

import org.evenhand.unlearning.ExplanationSettings;

/**
 * Which bias is traced back to training rows.
 *
 * @param whiteBox the model, its rows and their counterparts under one attribute
 * @param bias what is explained
 * @param top how many rows of each kind are looked at, at least 1
 * @param rows whether pages and machine output show those rows one by one, each the record of a
 *     person; else groups of them alone
 * @param pictures whether those rows are shown with their images
 * @param settings of the explanation
 */
public record ExplainRequest(
    WhiteBoxRequest whiteBox,
    BiasChoice bias,
    int top,
    boolean rows,
    boolean pictures,
    ExplanationSettings settings) {
  /**
   * @throws WorkflowException if not one attribute is flipped, no row is to be looked at, or
   *     pictures are to be shown without rows or images
   */
  public ExplainRequest {
    if (whiteBox.flips().columns().size() != 1 || whiteBox.flips().ranksAll()) {
      throw new WorkflowException("Bias is explained for one attribute at a time; flip one.");
    }
    if (top < 1) {
      throw new WorkflowException(
          "%d rows cannot be looked at; ask for at least 1.".formatted(top));
    }
    if (pictures && !rows) {
      throw new WorkflowException("Pictures are of single rows; show the rows too.");
    }
    if (pictures && whiteBox.images().isEmpty()) {
      throw new WorkflowException("Rows without images cannot be shown with pictures.");
    }
  }

  /**
   * The groups of the first 20 rows of each kind.
   *
   * @param whiteBox the model, its rows and their counterparts under one attribute
   * @param bias what is explained
   * @param settings of the explanation
   */
  public static ExplainRequest of(
      WhiteBoxRequest whiteBox, BiasChoice bias, ExplanationSettings settings) {
    return new ExplainRequest(whiteBox, bias, 20, false, false, settings);
  }

  String attribute() {
    return whiteBox.flips().columns().get(0);
  }
}

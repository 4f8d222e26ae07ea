package org.evenhand.workflow;

import org.evenhand.unlearning.ExplanationSettings;

/**
 * Which bias is traced back to training rows.
 *
 * @param whiteBox the model, its rows and their counterparts under one attribute
 * @param bias what is explained
 * @param top how many rows of each kind are shown, at least 1
 * @param pictures whether those rows are shown with their images
 * @param settings of the explanation
 */
public record ExplainRequest(
    WhiteBoxRequest whiteBox,
    BiasChoice bias,
    int top,
    boolean pictures,
    ExplanationSettings settings) {
  /**
   * @throws WorkflowException if not one attribute is flipped, no row is to be shown, or there are
   *     no images to show
   */
  public ExplainRequest {
    if (whiteBox.flips().columns().size() != 1 || whiteBox.flips().ranksAll()) {
      throw new WorkflowException("Bias is explained for one attribute at a time; flip one.");
    }
    if (top < 1) {
      throw new WorkflowException("%d rows cannot be shown; ask for at least 1.".formatted(top));
    }
    if (pictures && whiteBox.images().isEmpty()) {
      throw new WorkflowException("Rows without images cannot be shown with pictures.");
    }
  }

  /**
   * The first 20 rows of each kind, without pictures.
   *
   * @param whiteBox the model, its rows and their counterparts under one attribute
   * @param bias what is explained
   * @param settings of the explanation
   */
  public static ExplainRequest of(
      WhiteBoxRequest whiteBox, BiasChoice bias, ExplanationSettings settings) {
    return new ExplainRequest(whiteBox, bias, 20, false, settings);
  }

  String attribute() {
    return whiteBox.flips().columns().get(0);
  }
}

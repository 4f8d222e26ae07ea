package org.evenhand.core;

/**
 * Two changes in turn: a model's last layer is edited, and the edited model's answers are
 * corrected.
 *
 * @param edit of the last layer
 * @param correction found for the edited model
 */
public record CorrectedHead(EditedHead edit, Correction correction) implements Change {
  @Override
  public DeployedModel applyTo(DeployedModel deployed) {
    return correction.applyTo(edit.applyTo(deployed));
  }
}

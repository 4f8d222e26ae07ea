package org.evenhand.core;

/**
 * A change of the numbers in a model's last dense layer; all else stays as it is.
 *
 * @param head the edited head, of the deployed one's shape
 */
public record EditedHead(Head head) implements Change {
  @Override
  public DeployedModel applyTo(DeployedModel deployed) {
    if (deployed instanceof HeadedClassifier model) {
      return new EditedModel(model, head);
    }
    throw new CoreException(
        "An edited head can only be put into a model that shows its head, but this one answers alone: %s"
            .formatted(deployed.describe()));
  }
}

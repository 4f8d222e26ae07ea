package org.evenhand.core;

/**
 * A change that puts another model in the deployed one's place; it reads the same columns, or
 * fewer.
 *
 * @param classes the K classes, in the order of the deployed model's
 * @param network answers with K outputs
 */
public record NewModel(Classes classes, Patch network) implements Change {
  /**
   * @throws CoreException if the network does not have one output for each class
   */
  public NewModel {
    if (network.outputs() != classes.size()) {
      throw new CoreException(
          "The new model has %d outputs for %d classes."
              .formatted(network.outputs(), classes.size()));
    }
  }

  @Override
  public DeployedModel applyTo(DeployedModel deployed) {
    return new ReplacedModel(deployed, this);
  }
}

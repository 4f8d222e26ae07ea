package org.evenhand.core;

/**
 * What a repair changes in a deployed model. A change is found on calibration rows, measured on
 * unseen ones by {@link #applyTo}, and written out in a third step; it never touches the model that
 * it was found for.
 */
public sealed interface Change permits Correction, EditedHead, CorrectedHead, NewModel {
  /**
   * The model as it would answer with the change, for measuring. Closing it does not close the
   * deployed model.
   *
   * @param deployed the model that the change was found for
   * @throws CoreException if the change does not fit the model
   */
  DeployedModel applyTo(DeployedModel deployed);
}

package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelledSet;

/**
 * What a patch may see of a row: the deployed model's own inputs and nothing else; without the
 * protected attributes if it is to be blind.
 *
 * @param columns their names
 */
public record PatchView(List<String> columns) {

  /**
   * What a model's patch may see.
   *
   * @param deployed the model
   * @param hidden columns to keep from the patch
   * @throws WorkflowException if nothing is left
   */
  public static PatchView of(DeployedModel deployed, Set<String> hidden) {
    List<String> columns =
        new ArrayList<>(deployed.inputs().stream().map(InputColumn::name).toList());
    columns.removeAll(hidden);
    if (columns.isEmpty()) {
      throw new WorkflowException(
          "The patch has no input left without the protected attributes: the model reads nothing else.");
    }
    return new PatchView(columns);
  }

  /**
   * Rows as the patch sees them.
   *
   * @param set has the columns
   */
  public LabelledSet of(LabelledSet set) {
    return new LabelledSet(
        set.inputs().only(columns), set.target(), set.attributes(), set.weights());
  }
}

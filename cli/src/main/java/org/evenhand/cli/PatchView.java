package org.evenhand.cli;

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
record PatchView(List<String> columns) {

  static PatchView of(DeployedModel deployed, Set<String> hidden) {
    List<String> columns =
        new ArrayList<>(deployed.inputs().stream().map(InputColumn::name).toList());
    columns.removeAll(hidden);
    if (columns.isEmpty()) {
      throw new CliException(
          "With --blind the patch has no input left: the model reads nothing but the protected attributes.");
    }
    return new PatchView(columns);
  }

  LabelledSet of(LabelledSet set) {
    return new LabelledSet(
        set.inputs().only(columns), set.target(), set.attributes(), set.weights());
  }
}

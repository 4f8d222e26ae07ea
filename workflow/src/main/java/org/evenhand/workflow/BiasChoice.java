package org.evenhand.workflow;

import java.util.Arrays;
import java.util.Optional;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.LabelledSet;
import org.evenhand.unlearning.BiasFunction;
import org.evenhand.unlearning.GroupGap;
import org.evenhand.unlearning.HeadRows;

/**
 * Which bias function is explained.
 *
 * @param criterion of a gap between groups; empty for counterfactual bias
 * @param favourable the class whose probability a gap is about; empty for the last
 */
public record BiasChoice(Optional<GroupGap.Criterion> criterion, Optional<String> favourable) {
  /** Counterfactual bias. */
  public static final BiasChoice COUNTERFACTUAL =
      new BiasChoice(Optional.empty(), Optional.empty());

  boolean isCounterfactual() {
    return criterion.isEmpty();
  }

  /** The gap between the values of an attribute on those of some rows where it is known. */
  BiasFunction gap(HeadedClassifier model, String attribute, LabelledSet all, int[] rows) {
    int[] codes = all.attribute(attribute).codes();
    int[] known = Arrays.stream(rows).filter(row -> codes[row] != Attribute.UNKNOWN).toArray();
    return new GroupGap(
        HeadRows.of(model, all.select(known)),
        all.attribute(attribute).select(known).codes(),
        favourable(all.target().classes()),
        criterion.orElseThrow());
  }

  private int favourable(Classes classes) {
    String name = favourable.orElse(classes.names().get(classes.size() - 1));
    return classes
        .indexOf(name)
        .orElseThrow(
            () ->
                new WorkflowException(
                    "The favourable class is '%s', which is no class; the classes are %s."
                        .formatted(name, String.join(", ", classes.names()))));
  }
}

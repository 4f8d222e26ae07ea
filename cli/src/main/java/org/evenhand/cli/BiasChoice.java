package org.evenhand.cli;

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
 * The bias function that a user names.
 *
 * @param criterion of a gap between groups; empty for counterfactual bias
 * @param favourable the class whose probability a gap is about; empty for the last
 */
record BiasChoice(Optional<GroupGap.Criterion> criterion, Optional<String> favourable) {
  static BiasChoice named(String name, Optional<String> favourable) {
    Optional<GroupGap.Criterion> criterion =
        switch (name) {
          case "counterfactual" -> Optional.empty();
          case "demographic-parity" -> Optional.of(GroupGap.Criterion.DEMOGRAPHIC_PARITY);
          case "equal-opportunity" -> Optional.of(GroupGap.Criterion.EQUAL_OPPORTUNITY);
          case "equalized-odds" -> Optional.of(GroupGap.Criterion.EQUALIZED_ODDS);
          default ->
              throw new CliException(
                  "--bias is '%s'; expected counterfactual, demographic-parity, equal-opportunity or equalized-odds."
                      .formatted(name));
        };
    return new BiasChoice(criterion, favourable);
  }

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
                new CliException(
                    "--favourable is '%s', which is no class; the classes are %s."
                        .formatted(name, String.join(", ", classes.names()))));
  }
}

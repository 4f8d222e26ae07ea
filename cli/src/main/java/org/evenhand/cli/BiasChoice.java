package org.evenhand.cli;

import java.util.Optional;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
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

  /** The gap between the values of an attribute on some rows. */
  BiasFunction gap(HeadRows features, String attribute, AnsweredRows all, int[] rows) {
    Classes classes = all.set().target().classes();
    String name = favourable.orElse(classes.names().get(classes.size() - 1));
    int favourableClass =
        classes
            .indexOf(name)
            .orElseThrow(
                () ->
                    new CliException(
                        "--favourable is '%s', which is no class; the classes are %s."
                            .formatted(name, String.join(", ", classes.names()))));
    Attribute groups = all.set().attribute(attribute).select(rows);
    return new GroupGap(features, groups.codes(), favourableClass, criterion.orElseThrow());
  }
}

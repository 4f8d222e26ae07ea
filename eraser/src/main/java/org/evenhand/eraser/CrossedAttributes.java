package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.RareValues;
import org.evenhand.repair.RepairTask;

/**
 * Several attributes as one: where every combination of their values is recognised alike, so is
 * every value of each.
 *
 * @param task whose only attribute is the crossed one
 * @param warnings which combinations are too rare to fit anything to
 */
record CrossedAttributes(RepairTask task, List<String> warnings) {
  /**
   * Crosses the attributes of a task; one alone stays as it is.
   *
   * @throws org.evenhand.core.CoreException if values are known by probabilities only
   */
  static CrossedAttributes of(RepairTask task) {
    List<String> names = task.attributes();
    if (names.size() == 1) {
      return new CrossedAttributes(task, List.of());
    }
    LabelledSet rows = task.rows();
    String name = String.join(" and ", names);
    Attribute crossed = rows.attribute(names.get(0));
    for (String other : names.subList(1, names.size())) {
      crossed = crossed.crossedWith(name, rows.attribute(other));
    }
    List<Attribute> attributes = new ArrayList<>(rows.attributes());
    attributes.add(crossed);
    RareValues common =
        RareValues.unknownIn(
            new LabelledSet(rows.inputs(), rows.target(), attributes, rows.weights()),
            List.of(name));
    RepairTask of =
        RepairTask.of(common.rows(), task.answers(), List.of(name))
            .withDecisionRule(task.decisionRule())
            .withSeed(task.seed())
            .withThreads(task.threads(), task.progress());
    return new CrossedAttributes(task.twins().map(of::withTwins).orElse(of), common.warnings());
  }

  /**
   * The warnings, with one about rows whose value is unknown, if there are any.
   *
   * @param rows how many
   * @param then what is done without them
   */
  List<String> withUnknown(double rows, String then) {
    List<String> all = new ArrayList<>(warnings);
    if (rows > 0) {
      all.add(
          "'%s' is unknown for %.0f calibration rows; %s."
              .formatted(task.attributes().get(0), rows, then));
    }
    return all;
  }
}

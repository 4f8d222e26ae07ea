package org.evenhand.workflow;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.ExpectedGroups;
import org.evenhand.audit.Shares;
import org.evenhand.audit.VerdictPlan;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;

/**
 * What is expected of an audit before anything is collected.
 *
 * @param values in what proportions the attribute's are met; if empty, those of the rows
 * @param classes in what proportions they are met among the rows of every value, where the rows
 *     have no target
 * @param rows that are alike, such as a pilot's or a census's, or names alone
 * @param accuracy of every group's decisions, 0 to 1
 * @param gap that is to be proven, 0 to 1
 * @param settings tolerances, confidence and smallest group
 */
public record PlanRequest(
    Optional<Shares> values,
    Shares classes,
    RowsRequest rows,
    double accuracy,
    double gap,
    AuditSettings settings) {

  /** What classes and values are called where no column is named. */
  private static final String CLASS = "class";

  private static final String VALUE = "value";

  /**
   * @throws org.evenhand.audit.AuditException if accuracy or gap are out of range
   */
  public PlanRequest {
    VerdictPlan.requireInRange(accuracy, gap, settings);
  }

  /**
   * Plans the rows of a verdict on each attribute.
   *
   * @param notes told what the reader should know about the rows
   * @throws org.evenhand.core.EvenhandException if the rows cannot be read, or an assumption is out
   *     of range
   */
  public List<VerdictPlan> plans(Notes notes) {
    Roles roles = rows.roles();
    String target = roles.target().orElse(CLASS);
    if (values.isPresent()) {
      String attribute = roles.attributes().stream().findFirst().orElse(VALUE);
      return List.of(plan(ExpectedGroups.independent(target, classes, attribute, values.get())));
    }
    LabelledSet set = new RowReader(rows, notes).labelled(new Classes(classes.names()));
    return roles.attributeNames().stream()
        .map(
            attribute ->
                roles.target().isPresent()
                    ? ExpectedGroups.counted(set, attribute, target)
                    : ExpectedGroups.independent(
                        target, classes, attribute, ExpectedGroups.valuesOf(set, attribute)))
        .map(this::plan)
        .toList();
  }

  private VerdictPlan plan(ExpectedGroups groups) {
    return VerdictPlan.of(groups, accuracy, gap, settings);
  }
}

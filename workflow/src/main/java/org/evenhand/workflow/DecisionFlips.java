package org.evenhand.workflow;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;
import org.evenhand.evidence.RepairRecord;

/** Counts the decisions that a repair changed. */
public final class DecisionFlips {
  private DecisionFlips() {}

  /**
   * One count a value of every attribute.
   *
   * @param set the rows that were decided
   * @param attributes the attributes to count by
   * @param favourable name of the favourable class; blank if there is none
   * @param before decisions of the deployed model
   * @param after decisions of the repaired model
   */
  public static List<RepairRecord.Flips> count(
      LabelledSet set, List<String> attributes, String favourable, int[] before, int[] after) {
    int favourableClass = set.target().classes().indexOf(favourable).orElse(-1);
    List<RepairRecord.Flips> flips = new ArrayList<>();
    for (String name : attributes) {
      Attribute attribute = set.attribute(name);
      for (int b = 0; b < attribute.size(); b++) {
        flips.add(count(set, attribute, b, before, after, favourableClass));
      }
    }
    return flips;
  }

  private static RepairRecord.Flips count(
      LabelledSet set, Attribute attribute, int b, int[] before, int[] after, int favourable) {
    double rows = 0;
    double changed = 0;
    double gained = 0;
    double lost = 0;
    Members members = Members.of(attribute, set.weights());
    for (int member = 0; member < members.rows().length; member++) {
      if (members.attribute().codes()[member] == b) {
        int row = members.rows()[member];
        double weight = members.weights()[member];
        rows += weight;
        changed += before[row] != after[row] ? weight : 0;
        gained += before[row] != favourable && after[row] == favourable ? weight : 0;
        lost += before[row] == favourable && after[row] != favourable ? weight : 0;
      }
    }
    return new RepairRecord.Flips(
        attribute.name(), attribute.values().get(b), rows, changed, gained, lost);
  }
}

package org.evenhand.repair;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;

/**
 * How the decisions about the people of one attribute value change with a repair.
 *
 * @param attribute its name
 * @param value the value
 * @param n people, weighted
 * @param changed decisions that differ, weighted
 * @param toFavourable those that became favourable; 0 if no class is favourable
 * @param toUnfavourable those that ceased to be; 0 if no class is favourable
 * @param becameRight wrong before, right after
 * @param becameWrong right before, wrong after
 */
public record PeopleChange(
    String attribute,
    String value,
    double n,
    double changed,
    double toFavourable,
    double toUnfavourable,
    double becameRight,
    double becameWrong) {

  /**
   * Counts for each value of each attribute.
   *
   * @param rows the people
   * @param attributes names of attributes
   * @param favourable name of the favourable class; empty if none is
   * @param before decided classes
   * @param after decided classes
   */
  static List<PeopleChange> count(
      LabelledSet rows, List<String> attributes, String favourable, int[] before, int[] after) {
    int advantage =
        favourable.isEmpty() ? -1 : rows.target().classes().indexOf(favourable).orElseThrow();
    List<PeopleChange> changes = new ArrayList<>();
    for (String attribute : attributes) {
      changes.addAll(count(rows, rows.attribute(attribute), advantage, before, after));
    }
    return changes;
  }

  private static List<PeopleChange> count(
      LabelledSet rows, Attribute attribute, int advantage, int[] before, int[] after) {
    Members members = Members.of(attribute, rows.weights());
    int[] targets = rows.target().codes();
    double[][] sums = new double[attribute.size()][6];
    for (int member = 0; member < members.rows().length; member++) {
      int row = members.rows()[member];
      double weight = members.weights()[member];
      double[] sum = sums[members.attribute().codes()[member]];
      sum[0] += weight;
      if (before[row] != after[row]) {
        sum[1] += weight;
        sum[2] += after[row] == advantage ? weight : 0;
        sum[3] += before[row] == advantage ? weight : 0;
        sum[4] += after[row] == targets[row] ? weight : 0;
        sum[5] += before[row] == targets[row] ? weight : 0;
      }
    }
    List<PeopleChange> changes = new ArrayList<>();
    for (int b = 0; b < sums.length; b++) {
      double[] sum = sums[b];
      changes.add(
          new PeopleChange(
              attribute.name(),
              attribute.values().get(b),
              sum[0],
              sum[1],
              sum[2],
              sum[3],
              sum[4],
              sum[5]));
    }
    return changes;
  }
}

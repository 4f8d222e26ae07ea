package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;

/**
 * The groups that rows will fall into, and in what proportions.
 *
 * @param target what classes are called
 * @param classes their names, at least two
 * @param attribute what values are called
 * @param values their names, at least two
 * @param shares of the rows, class by class and value by value; they sum to 1
 */
public record ExpectedGroups(
    String target,
    List<String> classes,
    String attribute,
    List<String> values,
    List<Double> shares) {
  /** Copies the lists. */
  public ExpectedGroups {
    classes = List.copyOf(classes);
    values = List.copyOf(values);
    shares = List.copyOf(shares);
  }

  /**
   * Classes that are as frequent among the rows of every value.
   *
   * @param target what classes are called
   * @param classes in what proportions they are expected
   * @param attribute what values are called
   * @param values in what proportions they are expected
   */
  public static ExpectedGroups independent(
      String target, Shares classes, String attribute, Shares values) {
    List<Double> shares = new ArrayList<>();
    for (double ofClass : classes.shares()) {
      for (double ofValue : values.shares()) {
        shares.add(ofClass * ofValue);
      }
    }
    return new ExpectedGroups(target, classes.names(), attribute, values.names(), shares);
  }

  /**
   * The groups of an attribute in rows that are at hand; where the value or the class is unknown, a
   * row counts in none.
   *
   * @param set the rows, with their true classes
   * @param name of the attribute
   * @param target what classes are called
   * @throws AuditException if there are fewer than two values, or a group has no rows
   */
  public static ExpectedGroups counted(LabelledSet set, String name, String target) {
    Attribute attribute = set.attribute(name);
    List<String> classes = set.target().classes().names();
    double[] rows = new double[classes.size() * attribute.size()];
    for (int row = 0; row < set.rows(); row++) {
      int value = attribute.codes()[row];
      int of = set.target().codes()[row];
      if (value != Attribute.UNKNOWN && of >= 0) {
        rows[of * attribute.size() + value] += set.weights()[row];
      }
    }
    requireValues(attribute);
    double total = Arrays.stream(rows).sum();
    ExpectedGroups groups =
        new ExpectedGroups(
            target,
            classes,
            name,
            attribute.values(),
            Arrays.stream(rows).mapToObj(n -> n / total).toList());
    for (int group = 0; group < rows.length; group++) {
      if (rows[group] == 0) {
        throw new AuditException(
            "No row has %s, so nothing says how often it is met; give the shares of the values."
                .formatted(groups.label(group)));
      }
    }
    return groups;
  }

  /**
   * The proportions of an attribute's values in rows that are at hand.
   *
   * @param set the rows
   * @param name of the attribute
   * @throws AuditException if there are fewer than two values
   */
  public static Shares valuesOf(LabelledSet set, String name) {
    Attribute attribute = set.attribute(name);
    requireValues(attribute);
    double[] rows = new double[attribute.size()];
    for (int row = 0; row < set.rows(); row++) {
      int value = attribute.codes()[row];
      if (value != Attribute.UNKNOWN) {
        rows[value] += set.weights()[row];
      }
    }
    return new Shares(attribute.values(), Arrays.stream(rows).boxed().toList());
  }

  private static void requireValues(Attribute attribute) {
    if (attribute.size() < 2) {
      throw new AuditException(
          "Attribute '%s' has %d value in these rows; a comparison needs at least two."
              .formatted(attribute.name(), attribute.size()));
    }
  }

  /** How many groups there are. */
  public int size() {
    return shares.size();
  }

  /**
   * The class of a group.
   *
   * @param group its index
   */
  public String classOf(int group) {
    return classes.get(group / values.size());
  }

  /**
   * The value of a group.
   *
   * @param group its index
   */
  public String valueOf(int group) {
    return values.get(group % values.size());
  }

  /**
   * A group for a reader, such as {@code race = Other, repaid = yes}.
   *
   * @param group its index
   */
  public String label(int group) {
    return GroupAudit.label(attribute, valueOf(group), target, classOf(group));
  }

  /** The index of the group that is met least often. */
  public int rarest() {
    return IntStream.range(0, size())
        .boxed()
        .min(Comparator.comparingDouble(shares::get))
        .orElseThrow();
  }
}

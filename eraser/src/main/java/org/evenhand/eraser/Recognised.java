package org.evenhand.eraser;

import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Members;
import org.evenhand.core.Table;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.Value.Unit;

/** Whether a correction reads an attribute, and how well the inputs tell it. */
final class Recognised {
  private Recognised() {}

  /**
   * What is to be known of each attribute.
   *
   * @param attributes that are repaired
   * @param inputs what the correction may read
   * @param balancedAccuracy of the predictor of their values
   */
  static FactGroup group(List<String> attributes, Table inputs, double balancedAccuracy) {
    return new FactGroup(
        "diagnosis",
        "How well founded the rule is",
        attributes.stream()
            .map(name -> (Detail) new FactGroup(name, name, facts(name, inputs, balancedAccuracy)))
            .toList());
  }

  /**
   * What is to be known of one attribute.
   *
   * @param attribute its name; a crossed one is named by its columns
   * @param inputs what the correction may read
   * @param balancedAccuracy of the predictor of its values, on rows that it was not fitted to
   */
  static List<Detail> facts(String attribute, Table inputs, double balancedAccuracy) {
    return List.of(
        Fact.text(
                "reads_attribute",
                "Whether the correction reads it",
                reads(attribute, inputs)
                    ? "yes, it is one of the inputs"
                    : "no, it is recognised from the other inputs")
            .meaning("What that means for treatment and impact is a question for counsel."),
        Fact.number(
                "bias_predictor_balanced_accuracy",
                "Recognised from the model's inputs",
                balancedAccuracy,
                Unit.PERCENT)
            .meaning(
                "Balanced accuracy of the bias predictor on rows that it was not fitted to. What cannot be recognised"
                    + " cannot be removed."));
  }

  private static boolean reads(String attribute, Table inputs) {
    return inputs.find(attribute).isPresent()
        || Arrays.stream(attribute.split(",", -1))
            .anyMatch(column -> inputs.find(column.strip()).isPresent());
  }

  /**
   * Mean over values of the share of their rows whose most probable value it is.
   *
   * @param members the rows with a known value
   * @param predicted rows × values, row-major: how probable each is, on any scale that keeps order
   */
  static double balancedAccuracy(Members members, double[] predicted) {
    int values = members.attribute().size();
    double[] right = new double[values];
    double[] all = new double[values];
    for (int member = 0; member < members.rows().length; member++) {
      int row = members.rows()[member];
      int value = members.attribute().codes()[member];
      int most = 0;
      for (int b = 1; b < values; b++) {
        if (predicted[row * values + b] > predicted[row * values + most]) {
          most = b;
        }
      }
      all[value] += members.weights()[member];
      right[value] += most == value ? members.weights()[member] : 0;
    }
    double sum = 0;
    for (int b = 0; b < values; b++) {
      sum += all[b] > 0 ? right[b] / all[b] / values : 0;
    }
    return sum;
  }
}

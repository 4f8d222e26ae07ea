package org.evenhand.eraser;

import java.util.List;

/**
 * What the user must know about the calibration rows before believing a repair.
 *
 * @param attribute the attribute's name
 * @param cells rows of every group, by class and then by attribute value
 * @param standardErrors of the rule of every attribute value, in nats; infinite where a group is
 *     empty
 * @param balancedAccuracyOfBiasPredictor how well the attribute is read from the inputs of rows not
 *     fitted: mean over its values of the share read correctly
 * @param warnings one sentence each
 */
public record Diagnosis(
    String attribute,
    List<Cell> cells,
    List<ValueError> standardErrors,
    double balancedAccuracyOfBiasPredictor,
    List<String> warnings) {
  /** Copies the lists. */
  public Diagnosis {
    cells = List.copyOf(cells);
    standardErrors = List.copyOf(standardErrors);
    warnings = List.copyOf(warnings);
  }

  /**
   * One group of the calibration rows.
   *
   * @param target the class's name
   * @param attributeValue the attribute's value
   * @param n rows, weighted
   */
  public record Cell(String target, String attributeValue, double n) {}

  /**
   * Certainty of one attribute value's rule.
   *
   * @param attributeValue the attribute's value
   * @param nats standard error of T_b
   */
  public record ValueError(String attributeValue, double nats) {}
}

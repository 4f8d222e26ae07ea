package org.evenhand.repair;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a repair sets out to do; a repair that is not shown to do it is not offered. */
public enum Aim {
  /** Model Bias, the mean absolute gap in accuracy between values of an attribute, is to fall. */
  MODEL_BIAS("model-bias", "Model Bias", false),
  /** The largest of those gaps is to fall. */
  LARGEST_GAP("largest-gap", "the largest gap", false),
  /** The bias on counterfactual pairs is to fall. */
  COUNTERFACTUAL_BIAS("counterfactual-bias", "counterfactual bias", false),
  /** The accuracy of the worst group is to rise. */
  WORST_GROUP("worst-group", "worst group accuracy", true),
  /** The mean accuracy of the groups is to rise. */
  AVERAGE_GROUP("average-group", "average group accuracy", true);

  private final String code;
  private final String title;
  private final boolean rises;

  Aim(String code, String title, boolean rises) {
    this.code = code;
    this.title = title;
    this.rises = rises;
  }

  /** The name on the command line and in machine output. */
  public String code() {
    return code;
  }

  /** The figure, as it stands in a sentence. */
  public String title() {
    return title;
  }

  /** Whether the figure is to rise; else it is to fall. */
  public boolean rises() {
    return rises;
  }

  /**
   * The bias that a search for this sets against overall accuracy: counterfactual bias where that
   * is to fall, else Model Bias.
   */
  public Aim bias() {
    return this == COUNTERFACTUAL_BIAS ? this : MODEL_BIAS;
  }

  /**
   * The aim of that code.
   *
   * @param code such as {@code model-bias}
   * @param rises whether it is a figure that is to rise
   * @throws RepairException if there is none; the message lists the available ones
   */
  public static Aim of(String code, boolean rises) {
    return Arrays.stream(values())
        .filter(aim -> aim.rises == rises && aim.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new RepairException(
                    "Nothing called '%s' can be %s; choose one of %s."
                        .formatted(
                            code,
                            rises ? "raised" : "lowered",
                            Arrays.stream(values())
                                .filter(aim -> aim.rises == rises)
                                .map(Aim::code)
                                .collect(Collectors.joining(", ")))));
  }
}

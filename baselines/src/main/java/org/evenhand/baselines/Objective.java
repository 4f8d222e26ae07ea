package org.evenhand.baselines;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The figure that thresholds are to raise. */
public enum Objective {
  /** The share of rows that are decided right. */
  ACCURACY("accuracy", "overall accuracy"),
  /** The mean accuracy of the groups of one class and one value. */
  AVERAGE_GROUP("average-group", "average group accuracy"),
  /** The accuracy of the worst of these groups. */
  WORST_GROUP("worst-group", "worst group accuracy");

  private final String code;
  private final String title;

  Objective(String code, String title) {
    this.code = code;
    this.title = title;
  }

  /** The name on a command line and in machine output. */
  public String code() {
    return code;
  }

  /** The figure, as it stands in a sentence. */
  public String title() {
    return title;
  }

  double of(Figures figures) {
    return switch (this) {
      case ACCURACY -> figures.accuracy();
      case AVERAGE_GROUP -> figures.average();
      case WORST_GROUP -> figures.worst();
    };
  }

  /**
   * The objective of that code.
   *
   * @param code such as {@code average-group}
   * @throws BaselinesException if there is none; the message lists the available ones
   */
  public static Objective of(String code) {
    return Arrays.stream(values())
        .filter(objective -> objective.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new BaselinesException(
                    "There is no objective '%s'; choose among %s."
                        .formatted(
                            code,
                            Arrays.stream(values())
                                .map(Objective::code)
                                .collect(Collectors.joining(", ")))));
  }
}

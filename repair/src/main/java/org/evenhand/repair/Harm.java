package org.evenhand.repair;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.evenhand.audit.Estimate;

/**
 * Something that a repair makes worse, whatever it was for.
 *
 * @param code what kind of harm
 * @param text one sentence
 * @param before the figure before
 * @param after the figure after
 */
public record Harm(Code code, String text, Estimate before, Estimate after) {
  /** The kinds. */
  public enum Code {
    /** Overall accuracy falls by more than 2 points. */
    ACCURACY("accuracy"),
    /** Average group accuracy falls beyond chance. */
    AVERAGE_GROUP("average-group"),
    /** Worst group accuracy falls beyond chance. */
    WORST_GROUP("worst-group"),
    /** The lowest selection rate is newly below four fifths of the highest. */
    IMPACT_RATIO("impact-ratio"),
    /** At least 20 decisions change, and 95 % of them in one direction. */
    ONE_WAY("one-way"),
    /** The calibration error of a value rises by more than 2 points. */
    CALIBRATION("calibration"),
    /** Another attribute, within tolerance before, is not any more. */
    ATTRIBUTE("attribute");

    private final String code;

    Code(String code) {
      this.code = code;
    }

    /** The name on the command line and in machine output. */
    public String code() {
      return code;
    }

    /**
     * The kind of that name.
     *
     * @param name such as {@code one-way}
     * @throws RepairException if there is none; the message lists the available ones
     */
    public static Code of(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.code.equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new RepairException(
                      "There is no harm '%s'; choose among %s."
                          .formatted(
                              name,
                              Arrays.stream(values())
                                  .map(Code::code)
                                  .collect(Collectors.joining(", ")))));
    }
  }
}

package org.evenhand.repair;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What of a deployed model, and at serving time, a repair may rely on; each includes the ones
 * before.
 */
public enum Access {
  /** The model's answers, and the columns that it reads. */
  INPUTS("inputs", "the model's inputs and answers"),
  /** The numbers of its last layer too. */
  WEIGHTS("weights", "the weights of the model's last layer"),
  /** The protected attribute too, for every row that is served. */
  ATTRIBUTE("attribute", "the protected attribute of every row that is served");

  private final String code;
  private final String title;

  Access(String code, String title) {
    this.code = code;
    this.title = title;
  }

  /** The name on the command line and in machine output. */
  public String code() {
    return code;
  }

  /** What is relied on, as it stands in a sentence. */
  public String title() {
    return title;
  }

  /**
   * Whether a method needs no more than this.
   *
   * @param method any
   */
  public boolean allows(Method method) {
    return method.access().compareTo(this) <= 0;
  }

  /**
   * The access of that code.
   *
   * @param code such as {@code inputs}
   * @throws RepairException if there is none; the message lists the available ones
   */
  public static Access of(String code) {
    return Arrays.stream(values())
        .filter(access -> access.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new RepairException(
                    "There is no access '%s'; choose one of %s."
                        .formatted(
                            code,
                            Arrays.stream(values())
                                .map(Access::code)
                                .collect(Collectors.joining(", ")))));
  }
}

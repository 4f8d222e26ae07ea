package org.evenhand.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * In what proportions the values of a column are expected.
 *
 * @param names at least two, distinct
 * @param shares one per name, above 0; they sum to 1
 */
public record Shares(List<String> names, List<Double> shares) {
  private static final String EXAMPLE = "such as White=60%,Black=30%,Other=10%";

  /** Percentages that people round may sum to a little more or less than 100. */
  private static final double ROUNDING = 1.5;

  /**
   * Makes the shares sum to 1.
   *
   * @throws AuditException if there are fewer than two names, one occurs twice, or a share is not
   *     above 0
   */
  public Shares {
    names = List.copyOf(names);
    if (names.size() < 2) {
      throw new AuditException(
          "Shares are given for %s alone; a comparison needs at least two, %s."
              .formatted(names.isEmpty() ? "nothing" : "'" + names.get(0) + "'", EXAMPLE));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new AuditException(
          "A name occurs twice among %s; give each one share.".formatted(String.join(", ", names)));
    }
    double sum = 0;
    for (int i = 0; i < names.size(); i++) {
      double share = shares.get(i);
      if (!(share > 0 && share < Double.POSITIVE_INFINITY)) {
        throw new AuditException(
            "The share of '%s' is %s; it must be above 0.".formatted(names.get(i), share));
      }
      sum += share;
    }
    double total = sum;
    shares = shares.stream().map(share -> share / total).toList();
  }

  /**
   * Reads {@code White=60%,Black=30%,Other=10%}, or any numbers in the same proportion.
   *
   * @param text names and shares
   * @throws AuditException if it is not of that form, or percentages do not sum to 100
   */
  public static Shares parse(String text) {
    List<String> names = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    boolean percent = true;
    double sum = 0;
    for (String part : text.split(",", -1)) {
      int equals = part.lastIndexOf('=');
      String number = part.substring(equals + 1).strip();
      percent &= number.endsWith("%");
      try {
        double share = Double.parseDouble(number.replaceFirst("\\s*%$", ""));
        sum += share;
        names.add(part.substring(0, Math.max(0, equals)).strip());
        shares.add(share);
      } catch (NumberFormatException e) {
        AuditException malformed = malformed(part);
        malformed.initCause(e);
        throw malformed;
      }
      if (names.get(names.size() - 1).isEmpty()) {
        throw malformed(part);
      }
    }
    if (percent && Math.abs(sum - 100) > ROUNDING) {
      throw new AuditException(
          "The percentages of %s sum to %s; they must sum to 100."
              .formatted(String.join(", ", names), Double.toString(sum).replaceFirst("\\.0$", "")));
    }
    return new Shares(names, shares);
  }

  private static AuditException malformed(String part) {
    return new AuditException(
        "'%s' does not say a name and its share; expected NAME=SHARE,…, %s."
            .formatted(part.strip(), EXAMPLE));
  }
}

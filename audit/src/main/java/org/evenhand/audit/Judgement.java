package org.evenhand.audit;

import java.util.Optional;

/**
 * What the evidence allows to say about one attribute.
 *
 * @param verdict in one word
 * @param insufficiency why there is no other verdict; present exactly for insufficient evidence
 * @param pValue of the hypothesis that Model Bias and largest gap are both within their tolerances:
 *     the smallest 1 − confidence at which one of their intervals lies above; NaN if neither is
 *     known
 * @param adjustedPValue the same after Holm's correction over the attributes of the audit
 * @param explanation why, in one to three sentences; for insufficient evidence about how many more
 *     rows of which group would decide, where more rows can
 */
public record Judgement(
    Verdict verdict,
    Optional<Insufficiency> insufficiency,
    double pValue,
    double adjustedPValue,
    String explanation) {
  /**
   * @throws IllegalArgumentException if there is a reason without insufficient evidence, or none
   *     with it
   */
  public Judgement {
    if (insufficiency.isPresent() != (verdict == Verdict.INSUFFICIENT_EVIDENCE)) {
      throw new IllegalArgumentException(
          "verdict %s with reason %s".formatted(verdict, insufficiency));
    }
  }

  /**
   * A verdict that stands.
   *
   * @param verdict biased or within tolerance
   * @param pValue of the hypothesis that all is within tolerance, here the adjusted one too
   * @param explanation why
   */
  public static Judgement of(Verdict verdict, double pValue, String explanation) {
    return new Judgement(verdict, Optional.empty(), pValue, pValue, explanation);
  }

  /**
   * No verdict.
   *
   * @param reason why
   * @param pValue of the hypothesis that all is within tolerance, here the adjusted one too
   * @param explanation in sentences
   */
  public static Judgement insufficient(Insufficiency reason, double pValue, String explanation) {
    return new Judgement(
        Verdict.INSUFFICIENT_EVIDENCE, Optional.of(reason), pValue, pValue, explanation);
  }
}

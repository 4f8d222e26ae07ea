package org.evenhand.evidence;

import org.evenhand.audit.AuditSettings;

/** How sure intervals are, in words. */
final class Confidence {
  private Confidence() {}

  /** As in {@code 95 %}. */
  static String of(AuditSettings settings) {
    double percent = settings.confidence() * 100;
    return Numbers.fixed(percent, percent == Math.rint(percent) ? 0 : 1) + "\u00a0%";
  }
}

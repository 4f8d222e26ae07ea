package org.evenhand.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.FourFifths.State;
import org.evenhand.audit.Verdict;

/** What an audit fails on, so that a build can stop. */
// A function without state is immutable, which the checker cannot see.
@SuppressWarnings("ImmutableEnumChecker")
enum FailOn {
  /** Decisions or counterfactual pairs show bias. */
  BIASED("biased", AttributeAudit::isBiased, "is BIASED"),
  /** There is no verdict. */
  INSUFFICIENT(
      "insufficient",
      audit -> audit.verdict() == Verdict.INSUFFICIENT_EVIDENCE,
      "has INSUFFICIENT_EVIDENCE"),
  /** The lowest selection rate is below four fifths of the highest. */
  IMPACT_RATIO(
      "impact-ratio",
      audit -> audit.fourFifths().state().equals(Optional.of(State.BELOW)),
      "has an impact ratio below four fifths"),
  /** It is not certain to be at least that. */
  OPEN_RATIO(
      "open-ratio",
      audit -> !audit.fourFifths().state().equals(Optional.of(State.AT_LEAST)),
      "has an impact ratio that is not certain to be at least four fifths");

  private final String code;
  private final Predicate<AttributeAudit> holds;
  private final String words;

  FailOn(String code, Predicate<AttributeAudit> holds, String words) {
    this.code = code;
    this.holds = holds;
    this.words = words;
  }

  String code() {
    return code;
  }

  /** Refuses what is no finding. */
  static void check(List<String> codes) {
    for (String given : codes) {
      if (Arrays.stream(values()).noneMatch(finding -> finding.code.equals(given))) {
        throw new CliException(
            "--fail-on is '%s'; choose among %s."
                .formatted(
                    given,
                    Arrays.stream(values()).map(FailOn::code).collect(Collectors.joining(", "))));
      }
    }
  }

  /** One sentence per attribute and finding that was named. */
  static List<String> failures(AuditResult audit, List<String> codes) {
    return Arrays.stream(values())
        .filter(finding -> codes.contains(finding.code))
        .flatMap(
            finding ->
                audit.attributes().stream()
                    .filter(finding.holds)
                    .map(attribute -> "'%s' %s.".formatted(attribute.attribute(), finding.words)))
        .toList();
  }
}

package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.evenhand.audit.AuditResult;
import org.evenhand.core.Goal;
import org.evenhand.core.Provenance;

/**
 * What a repair did and how it was judged.
 *
 * @param command that made it, such as {@code erase}
 * @param choice the estimator and why it was chosen
 * @param strength share of the rule that is subtracted, 0 to 1
 * @param goal the one that the repaired model serves
 * @param before the deployed model's audit
 * @param outcomes the audit after the repair for each goal, on the rows of {@code before}; empty
 *     only if the repair was declined before anything could be measured
 * @param fittedOn the rows that the repair learned from
 * @param measuredOn name of the rows that the audits saw, none of them fitted on
 * @param diagnoses how well founded the rule is, one an attribute
 * @param flips how many decisions changed, one a value of each attribute
 * @param declined why the repair is not offered; empty if it is
 * @param outputs the files written, with their hashes: {@code model}, {@code patch}
 * @param cautions what a reader must know beyond the cautions that hold for every repair
 */
public record RepairRecord(
    String command,
    Choice choice,
    double strength,
    Goal goal,
    AuditResult before,
    List<Outcome> outcomes,
    FittedRows fittedOn,
    String measuredOn,
    List<Diagnosis> diagnoses,
    List<Flips> flips,
    Optional<String> declined,
    List<Provenance.Artefact> outputs,
    List<String> cautions)
    implements ModelChange {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the strength is outside 0 to 1, or a repair that was not
   *     declined has no outcome for its goal
   */
  public RepairRecord {
    outcomes = List.copyOf(outcomes);
    diagnoses = List.copyOf(diagnoses);
    flips = List.copyOf(flips);
    outputs = List.copyOf(outputs);
    cautions = List.copyOf(cautions);
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("strength %s outside 0 to 1".formatted(strength));
    }
    boolean measured = outcomes.stream().anyMatch(outcome -> outcome.goal() == goal);
    if (!measured && (declined.isEmpty() || !outcomes.isEmpty())) {
      throw new IllegalArgumentException("no outcome for the goal " + goal.label());
    }
  }

  /** The audit after the repair for the goal that it serves; empty if nothing was measured. */
  public Optional<AuditResult> after() {
    return outcomes.stream()
        .filter(outcome -> outcome.goal() == goal)
        .map(Outcome::after)
        .findFirst();
  }

  @Override
  public Optional<AuditResult> measuredAfter() {
    return after();
  }

  @Override
  public List<AuditResult> audits() {
    return Stream.concat(Stream.of(before), outcomes.stream().map(Outcome::after)).toList();
  }

  /**
   * The estimator and why it was chosen.
   *
   * @param method its short code, as on the command line
   * @param name its name in words
   * @param reason one or two sentences
   * @param candidates what it was compared with, itself included; empty if the user named it
   */
  public record Choice(String method, String name, String reason, List<Candidate> candidates) {
    /** Copies the list. */
    public Choice {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * One estimator in the cross-validation on the fitted rows. The figures are of all those rows,
   * each corrected by a rule that was not fitted on it, 0 to 1; not numbers if the estimator could
   * not be fitted.
   *
   * @param method its short code
   * @param name its name in words
   * @param worstGroupAccuracy what candidates are ranked by
   * @param modelBias what decides between near equals
   * @param averageGroupAccuracy for information
   * @param chosen whether this is the one
   * @param note anything worth knowing, such as why it could not be fitted; may be blank
   */
  public record Candidate(
      String method,
      String name,
      double worstGroupAccuracy,
      double modelBias,
      double averageGroupAccuracy,
      boolean chosen,
      String note) {}

  /**
   * What the repair achieves under one goal.
   *
   * @param goal the goal
   * @param after the audit under it
   */
  public record Outcome(Goal goal, AuditResult after) {}

  /**
   * The rows that a repair learned from.
   *
   * @param split their name, such as {@code calibration}
   * @param rows how many, weighted
   */
  public record FittedRows(String split, double rows) {}

  /**
   * How well founded the rule of one attribute is.
   *
   * @param attribute its name
   * @param cells how many fitted rows each group has
   * @param tableErrors standard errors of the rule table; empty if there is no table
   * @param balancedAccuracy how well the attribute can be read from the inputs: the mean over its
   *     values of the share recognised, 0 to 1; empty if nothing predicts it
   * @param warnings sentences for the user
   */
  public record Diagnosis(
      String attribute,
      List<Cell> cells,
      List<TableError> tableErrors,
      OptionalDouble balancedAccuracy,
      List<String> warnings) {
    /** Copies the lists. */
    public Diagnosis {
      cells = List.copyOf(cells);
      tableErrors = List.copyOf(tableErrors);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The fitted rows of one group (t,b).
   *
   * @param target the class's name
   * @param attributeValue the attribute's value
   * @param n rows, weighted
   */
  public record Cell(String target, String attributeValue, double n) {}

  /**
   * Precision of one row T[b] of the rule table (Rule Eraser spec 2.9).
   *
   * @param attributeValue the attribute's value
   * @param standardError in nats
   */
  public record TableError(String attributeValue, double standardError) {}

  /**
   * How many decisions the repair changed for one value of an attribute, on the measured rows.
   *
   * @param attribute its name
   * @param value the value
   * @param n rows, weighted
   * @param changed decisions that differ, weighted
   * @param toFavourable those that became favourable; 0 if no class is favourable
   * @param toUnfavourable those that ceased to be; 0 if no class is favourable
   */
  public record Flips(
      String attribute,
      String value,
      double n,
      double changed,
      double toFavourable,
      double toUnfavourable) {}
}

package org.evenhand.audit;

import java.util.List;
import org.evenhand.core.Classes;

/**
 * The outcome of an audit.
 *
 * @param rows number of rows, weighted
 * @param classes the classes decided between
 * @param favourable the class that rates are about; empty when rates were not measured
 * @param overallAccuracy plain share of correct decisions
 * @param attributes one an attribute, in the order of the labelled set
 * @param settings what the figures depend on
 * @param scoreBinWidth the width of the bins in which scores were gathered before AUC and
 *     calibration error were measured; 0 if they are exact
 */
public record AuditResult(
    double rows,
    Classes classes,
    String favourable,
    Estimate overallAccuracy,
    List<AttributeAudit> attributes,
    AuditSettings settings,
    double scoreBinWidth) {
  /** Copies the list. */
  public AuditResult {
    attributes = List.copyOf(attributes);
  }

  /**
   * A result from exact scores.
   *
   * @param rows number of rows, weighted
   * @param classes the classes decided between
   * @param favourable the class that rates are about; empty when rates were not measured
   * @param overallAccuracy plain share of correct decisions
   * @param attributes one an attribute, in the order of the labelled set
   * @param settings what the figures depend on
   */
  public AuditResult(
      double rows,
      Classes classes,
      String favourable,
      Estimate overallAccuracy,
      List<AttributeAudit> attributes,
      AuditSettings settings) {
    this(rows, classes, favourable, overallAccuracy, attributes, settings, 0);
  }

  /**
   * The same result, known to come from gathered scores.
   *
   * @param width of the bins in which different scores were gathered; 0 if none were
   */
  public AuditResult withScoreBinWidth(double width) {
    return new AuditResult(rows, classes, favourable, overallAccuracy, attributes, settings, width);
  }

  /**
   * The audit of one attribute.
   *
   * @param name the attribute's name
   * @throws AuditException if it was not audited
   */
  public AttributeAudit attribute(String name) {
    return attributes.stream()
        .filter(audit -> audit.attribute().equals(name))
        .findFirst()
        .orElseThrow(() -> new AuditException("Attribute '%s' was not audited.".formatted(name)));
  }
}

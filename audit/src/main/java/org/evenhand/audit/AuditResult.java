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
 */
public record AuditResult(
    double rows,
    Classes classes,
    String favourable,
    Estimate overallAccuracy,
    List<AttributeAudit> attributes,
    AuditSettings settings) {
  /** Copies the list. */
  public AuditResult {
    attributes = List.copyOf(attributes);
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

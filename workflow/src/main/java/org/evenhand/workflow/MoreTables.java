package org.evenhand.workflow;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditTables;
import org.evenhand.audit.ImpactTable;
import org.evenhand.audit.TopShares;
import org.evenhand.audit.WithinGaps;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;

/**
 * What an audit is to measure beside the usual metrics.
 *
 * @param impact whether to make a table of rates and their ratios to the highest
 * @param excludeBelow categories of a smaller share take no part in those ratios
 * @param scoring whether those rates are about scores above the median where answers have scores;
 *     else about decisions
 * @param topShares shares of the rows that are selected from the top by score
 */
public record MoreTables(
    boolean impact, double excludeBelow, boolean scoring, List<Double> topShares) {
  /** Nothing. */
  public static final MoreTables NONE = new MoreTables(false, 0, false, List.of());

  /** Copies the list. */
  public MoreTables {
    topShares = List.copyOf(topShares);
  }

  /**
   * Measures what was asked for.
   *
   * @param rows that were audited
   * @param control their levels, where a column is held fixed
   * @param audit of them
   */
  AuditTables of(AnsweredRows rows, Optional<Attribute> control, AuditResult audit) {
    return new AuditTables(
        impact
            ? ImpactTable.of(
                rows.set(),
                rows.answers(),
                audit.settings(),
                audit.requireFavourable(),
                scoring && rows.answers() instanceof Answers.Soft,
                excludeBelow)
            : List.of(),
        topShares.isEmpty()
            ? List.of()
            : TopShares.of(rows.set(), rows.answers(), audit, topShares),
        control
            .map(
                levels ->
                    WithinGaps.of(
                        rows.set(),
                        rows.answers().decisions(audit.settings().decisionRule()),
                        levels,
                        audit))
            .orElse(List.of()));
  }
}

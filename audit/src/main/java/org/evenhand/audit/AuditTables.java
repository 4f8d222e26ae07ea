package org.evenhand.audit;

import java.util.List;

/**
 * What was measured beside the usual metrics because it was asked for.
 *
 * @param impact tables of rates and impact ratios, one per attribute
 * @param top selection from the top by score, one per attribute
 * @param within gaps between rows that are alike in a control column, one per attribute
 */
public record AuditTables(List<ImpactTable> impact, List<TopShares> top, List<WithinGaps> within) {
  /** Nothing was asked for. */
  public static final AuditTables NONE = new AuditTables(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public AuditTables {
    impact = List.copyOf(impact);
    top = List.copyOf(top);
    within = List.copyOf(within);
  }
}

/**
 * Measures bias from a classifier's decisions: group accuracies, Model Bias and the usual group
 * metrics, each with an interval or a count, and one verdict per attribute.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>audits: {@link Audit} with {@link AuditSettings} gives an {@link AuditResult} of {@link
 *       AttributeAudit}s; {@link CounterfactualAudit} asks about counterparts; {@link GroupSummary}
 *       is four figures without intervals;
 *   <li>metrics: {@link Metric} and its registries, of which {@link ValueMetric} is the largest; an
 *       {@link Estimate} is a figure with its interval, or the reason why there is none;
 *   <li>counts and scores: {@link ConfusionTable}, {@link Rates}, {@link ScoredOutcomes}, {@link
 *       Moments};
 *   <li>intervals: {@link Proportion} and {@link Mover} for shares, {@link AbsoluteGaps} for means
 *       of absolute gaps, {@link BoundedMean} for pairs; {@link Normal} and {@link StudentT} are
 *       the distributions;
 *   <li>verdicts: {@link NoiseFloor}, {@link Holm}, {@link VerdictRule}, {@link Verdict}, {@link
 *       MoreRows}.
 * </ul>
 */
@NullMarked
package org.evenhand.audit;

import org.jspecify.annotations.NullMarked;

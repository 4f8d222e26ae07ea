/**
 * The Inference-Time Rule Eraser: distils the biased rule p(y|b) of a classifier that can only be
 * asked, and says what to subtract from its answers.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>the repair: {@link Erasure} in the terms that all methods share, {@link Eraser} with {@link
 *       EraserSettings} and {@link ErasureProposal} in its own;
 *   <li>rules: {@link Calibration} holds the rows, {@link CellStatistics} the group means, {@link
 *       RuleTable} the rule per value; {@link Distillation} makes one for each attribute and adds
 *       them;
 *   <li>estimators: {@link Estimator} and its cases; {@link SoftLabels}, {@link TwoWayFit} and
 *       {@link BalancedRegression} are what they compute with;
 *   <li>the choice: {@link CrossValidation}, {@link Candidate}, {@link PairedGain};
 *   <li>equal odds: {@link EqualOdds}; between two classes {@link OddsRows}, {@link OddsCurve} and
 *       {@link OddsThresholds}, among several {@link MultiplierOdds}, {@link CellRows}, {@link
 *       CellRefit} and {@link CellRules};
 *   <li>the guards: {@link Guards}, {@link Diagnosis}, {@link Rounding}.
 * </ul>
 */
@NullMarked
package org.evenhand.eraser;

import org.jspecify.annotations.NullMarked;

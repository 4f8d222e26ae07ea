/**
 * Fast Model Debias: finds which training rows put counterfactual bias into a model's head, and
 * unlearns the bias by editing the head's weights.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>the repair: {@link HeadEdit} in the terms that all methods share, {@link Unlearning} with
 *       {@link UnlearningSettings} and {@link UnlearningProposal} in its own;
 *   <li>heads for a search: {@link FeatureReweighting}, {@link SparseReweighting} and {@link
 *       GroupUnlearning} from labelled rows alone, {@link PairUnlearning} from rows and their
 *       twins; {@link HeadForms} judges their forms by folds;
 *   <li>the explanation: {@link Explanation}, {@link InfluenceOnBias}, {@link RowInfluence}, {@link
 *       Ranking};
 *   <li>what is measured: {@link BiasFunction} and its cases, on {@link PairRows} and {@link
 *       HeadRows};
 *   <li>update rules: {@link Update} and its cases, {@link NewtonStep}, {@link Descent}, {@link
 *       HeadRefit};
 *   <li>the choice: {@link CrossValidation}, {@link HeldOut}, {@link Choice}, {@link CheckRows};
 *   <li>the loss and its algebra: {@link TrainedHead}, {@link LossSums}, {@link CrossEntropy},
 *       {@link HessianSolver}, {@link LinearAlgebra}.
 * </ul>
 */
@NullMarked
package org.evenhand.unlearning;

import org.jspecify.annotations.NullMarked;

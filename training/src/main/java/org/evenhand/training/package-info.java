/**
 * Trains networks over images with libtorch: patches and bias predictors of an eraser, and the
 * kinds of deployed models that the papers compare. What is trained leaves as an {@link
 * org.evenhand.core.ImageNetwork}, plain data with batch normalisation folded away; nothing outside
 * this package knows of libtorch.
 *
 * <p>The same arguments and seed give the same network to the last bit on the same machine,
 * whatever the number of threads: a batch is computed in parts, whose number depends on the batch
 * alone.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>the way in: {@link LibtorchTraining}, found by {@link org.evenhand.core.ImageTraining};
 *       {@link ImagePatchTrainer} for patches, {@link DeployedTraining} for deployed models of a
 *       {@link ModelKind};
 *   <li>networks: {@link Backbone}, {@link Blueprint} and the {@link Layer}s;
 *   <li>training: {@link Training} with {@link TrainingSettings}, {@link Adam}, {@link Checkpoint};
 *       an {@link Objective} for each kind, of which {@link LearningFromFailure}, {@link
 *       FeatureSwap} and {@link Independence} read no attribute;
 *   <li>data and device: {@link Images}, {@link Prefetch}, {@link Parts}, {@link Device}.
 * </ul>
 */
@NullMarked
package org.evenhand.training;

import org.jspecify.annotations.NullMarked;

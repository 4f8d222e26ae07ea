/**
 * The vocabulary of Evenhand. No native code, no dependency.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>rows: {@link Table} of {@link Column}s, {@link Target} and {@link Attribute} of a {@link
 *       LabelledSet}, {@link CounterfactualPairs};
 *   <li>models: {@link Classifier} gives {@link Answers}, a {@link DeployedModel} says what it
 *       reads, a {@link HeadedClassifier} shows its {@link Head}; {@link ModelContract}, {@link
 *       ScoreOutput} and {@link ScoreScale} are what a user declares of one; {@link DecisionRule}
 *       turns answers into decisions;
 *   <li>changes: {@link Change} and its kinds {@link Correction}, {@link EditedHead}, {@link
 *       CorrectedHead} and {@link NewModel}; a correction is written in a {@link Formula}; {@link
 *       BiasRule} and {@link Removal} are those of the eraser;
 *   <li>patches: {@link Patch}, {@link PatchTrainer}, {@link PatchNetwork} with its {@link
 *       TableEncoder} for tables, {@link ImageNetwork} for images; {@link ImageTraining} finds who
 *       trains the latter;
 *   <li>runs: {@link Provenance}, {@link Progress}, {@link Setting}, {@link EvenhandException};
 *       {@link AtomicFile} writes whole files or none.
 * </ul>
 *
 * <p>Array conventions: matrices are flat and row-major, their shape is stated where they appear.
 * Constructors keep the arrays they are given and accessors hand out the same arrays, without
 * copying: whoever passes or receives one must not change it afterwards.
 */
@NullMarked
package org.evenhand.core;

import org.jspecify.annotations.NullMarked;

/**
 * Deployed ONNX models as classifiers, and the ONNX files that Evenhand hands back.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>asking: {@link OnnxClassifier} finds out what a file takes and answers, by {@link
 *       OutputDiscovery}, {@link LabelDiscovery} and {@link Probe}; {@link OnnxOptions} are what a
 *       user declares; {@link ImagePatch} answers with a network over images;
 *   <li>looking inside: {@link OnnxHeadedClassifier} splits a model at its last dense layer, which
 *       {@link HeadFinder} finds;
 *   <li>writing changes: {@link ChangeWriter} for any; {@link FusedExporter} for corrections, whose
 *       formulas {@link GraphFormula} emits, {@link RepairedExporter} for edited heads;
 *   <li>writing networks: {@link NetworkExporter} and {@link ImageModelExporter};
 *   <li>explaining: {@link DecisionTrace} reads what a fused model subtracted;
 *   <li>graphs: {@link Graph} reads them, {@link GraphBuilder} makes nodes, {@link ModelFile} is
 *       the file.
 * </ul>
 */
@NullMarked
package org.evenhand.onnx;

import org.jspecify.annotations.NullMarked;

/**
 * Deployed ONNX models as classifiers, and the ONNX files that Evenhand hands back: a patch on its
 * own, the deployed model fused with its patch, and the deployed model with an edited head.
 *
 * <p>{@link org.evenhand.onnx.OnnxClassifier} finds out what a file takes and answers. {@link
 * org.evenhand.onnx.ImagePatch} answers with a network over images. {@link
 * org.evenhand.onnx.NetworkExporter} writes our own networks, {@link
 * org.evenhand.onnx.ImageModelExporter} a network over images as a deployed model. {@link
 * org.evenhand.onnx.FusedExporter} writes one model that computes the deployed model, the patch and
 * the removal. {@link org.evenhand.onnx.OnnxHeadedClassifier} splits a model at its last dense
 * layer, and {@link org.evenhand.onnx.RepairedExporter} writes its file with that layer changed.
 */
@NullMarked
package org.evenhand.onnx;

import org.jspecify.annotations.NullMarked;

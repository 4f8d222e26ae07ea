/**
 * Deployed ONNX models as classifiers, and the ONNX files that Evenhand hands back: a patch on its
 * own, and the deployed model fused with its patch.
 *
 * <p>{@link org.evenhand.onnx.OnnxClassifier} finds out what a file takes and answers. {@link
 * org.evenhand.onnx.NetworkExporter} writes our own networks. {@link
 * org.evenhand.onnx.FusedExporter} writes one model that computes the deployed model, the patch and
 * the removal.
 */
@NullMarked
package org.evenhand.onnx;

import org.jspecify.annotations.NullMarked;

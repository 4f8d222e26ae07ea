package org.evenhand.onnx;

/**
 * The names of the outputs that a fused model has beyond the deployed model's.
 *
 * @param originalProbabilities the deployed model's own answers, bit for bit
 * @param flipped {@code bool [N]}: whether the corrected decision differs from the original one
 */
public record FusedOutputs(String originalProbabilities, String flipped) {}

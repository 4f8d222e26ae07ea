package org.evenhand.core;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a network over images is shaped and trained, as a user says it. {@link ImageTraining} checks
 * the ranges.
 *
 * @param network {@code small-cnn}, {@code resnet18}, {@code resnet34}, {@code mlp} or {@code vit}
 * @param width channels of the first stage, units of a layer, or numbers of a token; if empty 64
 *     for the ResNets, as they were published, and for the ViT, else 16
 * @param largestSide images of more pixels across or down are averaged down to it; at least 1
 * @param epochs passes over the images at most, at least 1
 * @param mirrored whether every image is mirrored left to right half of the time
 * @param device {@code cpu}, {@code cuda} or {@code cuda:i}
 * @param threads of the processor, at least 1
 * @param checkpoints an existing folder for the states after every epoch, from which a training
 *     that was stopped goes on
 */
public record ImageTrainingSettings(
    String network,
    Optional<Integer> width,
    int largestSide,
    int epochs,
    boolean mirrored,
    String device,
    int threads,
    Optional<Path> checkpoints) {}

package org.evenhand.onnx;

/**
 * Where a run of a head's numbers lies in its file.
 *
 * @param name of the initialiser or constant, or of the attribute that holds them
 * @param numbers how many there are
 * @param from the first byte of any of them
 * @param to one past the last byte of any of them
 */
public record HeadTensor(String name, int numbers, int from, int to) {}

package org.evenhand.onnx;

import java.util.List;

/**
 * An output that names the decided class.
 *
 * @param name the output's name
 * @param type of its elements
 * @param rank 1 for {@code [N]}, 2 for {@code [N,1]}
 * @param values what the output says for each class, written out
 */
record LabelOutput(String name, ElementType type, int rank, List<String> values) {}

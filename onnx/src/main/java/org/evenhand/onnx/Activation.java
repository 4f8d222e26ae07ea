package org.evenhand.onnx;

/**
 * A tensor inside a network that tells something of every image: what an activation function gives,
 * or the image itself.
 *
 * @param tensor its name in the deployed graph
 * @param rank of the tensor: 4 for {@code [N,C,H,W]}, 3 for {@code [N,T,C]} as in transformers, 2
 *     for {@code [N,C]}
 * @param channels C
 */
record Activation(String tensor, int rank, int channels) {
  private static final int SUMMARIES = 3;

  /** How many features it becomes: three summaries per channel where there are places to sum up. */
  int features() {
    return rank == 2 ? channels : SUMMARIES * channels;
  }
}

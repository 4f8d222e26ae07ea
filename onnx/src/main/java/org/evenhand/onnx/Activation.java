package org.evenhand.onnx;

/**
 * A tensor inside a network that tells something of every image: what an activation function gives,
 * or the image itself.
 *
 * @param tensor its name in the deployed graph
 * @param rank of the tensor: 4 for {@code [N,C,H,W]}, 3 for {@code [N,T,C]} as in transformers, 2
 *     for {@code [N,C]}
 * @param channels C
 * @param stride every so many places across and down are summed up
 */
record Activation(String tensor, int rank, int channels, int stride) {
  private static final int SUMMARIES = 3;

  /**
   * So many places tell what a summary is. Early layers have many more, and reading all of them
   * three times would cost a large part of what the network itself does.
   */
  private static final long PLACES = 256;

  /**
   * The places of {@code [N,C,H,W]} that are summed up: all if it is not known how many there are.
   */
  static int stride(long height, long width) {
    return height > 0 && width > 0 && height * width > PLACES
        ? (int) Math.ceil(Math.sqrt((double) height * width / PLACES))
        : 1;
  }

  /** How many features it becomes: three summaries per channel where there are places to sum up. */
  int features() {
    return rank == 2 ? channels : SUMMARIES * channels;
  }
}

/**
 * ONNX Runtime 1.29.0: what GlobalLpPool with p = 2 costs.
 *
 * <p>Guess: one pass over the numbers, about as much as GlobalAveragePool, and less than squares,
 * their mean and its root as three operators that say the same but for a factor.
 *
 * <p>Behaviour: many times as much as these three: a power is taken of every number. A network whose
 * activations are summed up this way took ten times as long as without, and 1.6 times as long with
 * the three operators.
 */
final class PoolingOfSquaresTakesPowers {
  private static final int ROWS = 64;
  private static final int SIDE = 64;

  public static void main(String[] arguments) throws Exception {
    Onnx pooled = images().node("", "GlobalLpPool", "images -> size", "p", 2);
    Onnx squared =
        images()
            .node("", "Mul", "images images -> squares")
            .node("", "GlobalAveragePool", "squares -> mean")
            .node("", "Sqrt", "mean -> root")
            .bytes("eight_bits", new long[] {1}, SIDE)
            .node("", "Cast", "eight_bits -> side", "to", 1)
            .node("", "Mul", "root side -> size");
    float[][] rows = new float[ROWS][1];
    for (int row = 0; row < ROWS; row++) {
      rows[row][0] = row % 3;
    }
    Finding.expect("GlobalLpPool of 64 times 64 ones", "64.0", second(pooled.ask(rows, "size")));
    Finding.expect("root of the mean of squares, times 64", "64.0", second(squared.ask(rows, "size")));
    double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    for (int turn = 0; turn < 25; turn++) {
      least[0] = Math.min(least[0], milliseconds(pooled, rows));
      least[1] = Math.min(least[1], milliseconds(squared, rows));
    }
    System.out.printf("least of 25 turns: %.0f and %.0f ms, a session's start included%n", least[0], least[1]);
    Finding.expect("more than twice as long", "true", String.valueOf(least[0] > 2 * least[1]));
    Finding.end();
  }

  /** Four channels of 64 by 64 numbers, all of a row the same. */
  private static Onnx images() {
    return Onnx.ofNumbers(1)
        .bytes("corner8", new long[] {4}, -1, 1, 1, 1)
        .node("", "Cast", "corner8 -> corner", "to", 7)
        .node("", "Reshape", "x corner -> pixel")
        .bytes("shape8", new long[] {4}, 1, 4, SIDE, SIDE)
        .node("", "Cast", "shape8 -> shape", "to", 7)
        .node("", "Expand", "pixel shape -> images");
  }

  /** What the second row's first channel gives. */
  private static String second(String written) {
    return written.replaceAll("[\\[\\] ]", "").split(",")[4];
  }

  private static double milliseconds(Onnx model, float[][] rows) throws Exception {
    long start = System.nanoTime();
    model.ask(rows, "size");
    return (System.nanoTime() - start) * 1e-6;
  }
}

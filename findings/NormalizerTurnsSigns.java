/**
 * ONNX Runtime 1.29.0: a Normalizer by MAX, its default, turns the signs of negative rows.
 *
 * <p>Guess: it divides by the largest absolute value, as scikit-learn's norm "max" does, so that
 * signs and order stay.
 *
 * <p>Behaviour: it divides by the largest value. Where all are negative, the smallest becomes the
 * largest.
 */
final class NormalizerTurnsSigns {
  public static void main(String[] arguments) throws Exception {
    Onnx model = Onnx.ofNumbers(2).node(Onnx.ML, "Normalizer", "x -> y", "norm", "MAX");
    Finding.expect(
        "(-4, -2) and (-1, 2)",
        "[[2.0, 1.0], [-0.5, 1.0]]",
        model.ask(new float[][] {{-4, -2}, {-1, 2}}, "y"));
    Finding.end();
  }
}

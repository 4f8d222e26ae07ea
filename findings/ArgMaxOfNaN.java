/**
 * ONNX Runtime 1.29.0: which class ArgMax names for scores with a NaN depends on where it stands.
 *
 * <p>Guess: as in NumPy and PyTorch, the NaN's position always, so that such rows stand out.
 *
 * <p>Behaviour: a NaN in the first column wins; in any other it is passed over. A row without an
 * answer gets an ordinary label.
 */
final class ArgMaxOfNaN {
  public static void main(String[] arguments) throws Exception {
    Onnx model = Onnx.ofNumbers(3).node("", "ArgMax", "x -> label", "axis", 1, "keepdims", 0);
    float nan = Float.NaN;
    Finding.expect(
        "NaN first, second, third; the highest is second, third, first",
        "[0, 2, 0]",
        model.ask(new float[][] {{nan, 0.9f, 0.1f}, {0.1f, nan, 0.9f}, {0.9f, 0.1f, nan}}, "label"));
    Finding.end();
  }
}

/**
 * ONNX Runtime 1.29.0: Cast from a number to text is neither Java's nor the shortest text.
 *
 * <p>Guess: 0.3 becomes "0.3", 0.00001 becomes "1e-05", as in Python and, nearly, in Java.
 *
 * <p>Behaviour: up to eight significant digits of the 32-bit number, trailing zeros cut. An encoder
 * behind the cast that lists "0.3" never meets it, while "0.1" and "1" work.
 */
final class CastWritesEightDigits {
  public static void main(String[] arguments) throws Exception {
    Onnx model = Onnx.ofNumbers(1).node("", "Cast", "x -> text", "to", 8);
    Finding.expect(
        "1, 0.1, 0.3, 0.00001, 1e10, -0",
        "[[1], [0.1], [0.30000001], [9.9999997e-06], [1e+10], [-0]]",
        model.ask(new float[][] {{1}, {0.1f}, {0.3f}, {1e-5f}, {1e10f}, {-0f}}, "text"));
    Finding.end();
  }
}

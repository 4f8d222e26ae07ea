/**
 * ONNX Runtime 1.29.0: Cast from text to a number reads as far as it can and drops the rest.
 *
 * <p>Guess: "1,5" is refused, as Java's Float.parseFloat and Python's float do.
 *
 * <p>Behaviour: the decimals behind a comma are lost without an error, and hexadecimal is read.
 */
final class CastReadsTheBeginning {
  public static void main(String[] arguments) throws Exception {
    Onnx model = Onnx.ofTexts(1).node("", "Cast", "x -> number", "to", 1);
    Finding.expect(
        "\"1.5\", \"1,5\", \"12 months\", \"0x10\"",
        "[[1.5], [1.0], [12.0], [16.0]]",
        model.ask(new String[][] {{"1.5"}, {"1,5"}, {"12 months"}, {"0x10"}}, "number"));
    Finding.end();
  }
}

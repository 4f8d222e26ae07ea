/**
 * ONNX Runtime 1.29.0: an Imputer that does not say what it replaces replaces zeros.
 *
 * <p>Guess: missing values are NaN, so that an Imputer with nothing but a value to impute puts it in
 * place of NaN.
 *
 * <p>Behaviour: replaced_value_float is 0 by default. Zeros are overwritten, NaN stays.
 */
final class ImputerReplacesZero {
  public static void main(String[] arguments) throws Exception {
    Onnx model =
        Onnx.ofNumbers(1)
            .node(Onnx.ML, "Imputer", "x -> y", "imputed_value_floats", new float[] {9});
    Finding.expect(
        "1, NaN, 0", "[[1.0], [NaN], [9.0]]", model.ask(new float[][] {{1}, {Float.NaN}, {0}}, "y"));
    Finding.end();
  }
}

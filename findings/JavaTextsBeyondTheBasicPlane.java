// uses com.microsoft.onnxruntime:onnxruntime:1.29.0
// uses org.tribuo:tribuo-util-onnx:4.3.2
// uses com.google.protobuf:protobuf-java:3.25.6

/**
 * ONNX Runtime 1.29.0 for Java: texts with characters beyond U+FFFF do not match the model's own.
 *
 * <p>Guess: a Java String is passed as UTF-8, so that an encoder finds the category it was fitted
 * with. Passing such a text through the model even gives it back unharmed.
 *
 * <p>Behaviour: the binding passes Java's modified UTF-8, which spells a surrogate pair as six bytes
 * where the file has four. The encoder answers as to an unknown category, without an error.
 */
final class JavaTextsBeyondTheBasicPlane {
  public static void main(String[] arguments) throws Exception {
    String smile = "\uD83D\uDE00";
    Onnx model =
        Onnx.ofTexts(1)
            .node(
                Onnx.ML,
                "LabelEncoder",
                "x -> code",
                "keys_strings", new String[] {"caf\u00E9", smile},
                "values_int64s", new int[] {1, 2},
                "default_int64", -1)
            .node("", "Identity", "x -> same");
    String[][] rows = {{"caf\u00E9"}, {smile}};
    Finding.expect("codes of a word with an accent, of an emoji", "[[1], [-1]]", model.ask(rows, "code"));
    Finding.expect(
        "the emoji comes back as it was",
        "true",
        String.valueOf(model.ask(rows, "same").contains(smile)));
    Finding.end();
  }
}

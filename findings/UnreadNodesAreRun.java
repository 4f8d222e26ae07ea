import ai.onnxruntime.OrtException;

/**
 * ONNX Runtime 1.29.0: whether a node whose result nothing reads can fail a request.
 *
 * <p>Guess: no, because a session only computes what the outputs that are asked for depend on.
 *
 * <p>Behaviour: every node is run whatever is asked for, and where one fails, nothing is answered: a
 * table that is looked up on the side, and that lacks a row's value, takes the score with it.
 */
final class UnreadNodesAreRun {
  public static void main(String[] arguments) throws Exception {
    Onnx model =
        Onnx.ofNumbers(1)
            .bytes("table", new long[] {2}, 7, 8)
            .node("", "Cast", "x -> position", "to", 7)
            .node("", "Gather", "table position -> unread")
            .node("", "Neg", "x -> score");
    Finding.expect("the score of 1", "[[-1.0]]", model.ask(new float[][] {{1}}, "score"));
    Finding.expect(
        "the score of 5, which is no position in the table",
        "indices element out of data bounds, idx=5 must be within the inclusive range [-2,1]",
        failure(model));
    Finding.end();
  }

  private static String failure(Onnx model) throws Exception {
    try {
      return model.ask(new float[][] {{5}}, "score");
    } catch (OrtException e) {
      return e.getMessage().replaceFirst("(?s).*Status Message: ", "");
    }
  }
}

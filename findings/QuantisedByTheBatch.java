/**
 * ONNX Runtime 1.29.0: a dynamically quantised model answers a row differently beside other rows.
 *
 * <p>Guess: rows of a batch are independent; batching changes the last digits at most.
 *
 * <p>Behaviour: DynamicQuantizeLinear takes its scale from the range of the whole batch. A small row
 * beside a large one is left with a few steps of 256: here the answer nearly doubles.
 */
final class QuantisedByTheBatch {
  public static void main(String[] arguments) throws Exception {
    Onnx model =
        Onnx.ofNumbers(2)
            .bytes("w", new long[] {2, 1}, 100, -90)
            .node("", "DynamicQuantizeLinear", "x -> q scale zero")
            .node("", "MatMulInteger", "q w zero -> whole")
            .node("", "Cast", "whole -> number", "to", 1)
            .node("", "Mul", "number scale -> y");
    Finding.expect(
        "alone", "[[2.3901958]]", model.ask(new float[][] {{0.5f, 0.53f}}, "y"));
    Finding.expect(
        "beside (40, 12)",
        "[[4.7058825], [2927.0588]]",
        model.ask(new float[][] {{0.5f, 0.53f}, {40, 12}}, "y"));
    Finding.end();
  }
}

/**
 * ONNX Runtime 1.29.0: a support vector machine of two classes gives its scores in the opposite
 * order of its labels.
 *
 * <p>Guess: column k belongs to class label k, as in every other classifier, so that the label is
 * the class with the higher score.
 *
 * <p>Behaviour: the label is the class with the lower score in every row. An argmax over the scores
 * decides wrong everywhere.
 */
final class SvmScoresOpposeTheLabel {
  public static void main(String[] arguments) throws Exception {
    Onnx model =
        Onnx.ofNumbers(1)
            .node(
                Onnx.ML,
                "SVMClassifier",
                "x -> label scores",
                "kernel_type", "LINEAR",
                "kernel_params", new float[] {0, 0, 3},
                "vectors_per_class", new int[] {1, 1},
                "support_vectors", new float[] {-1, 1},
                "coefficients", new float[] {-0.5f, 0.5f},
                "rho", new float[] {0},
                "classlabels_ints", new int[] {10, 20},
                "post_transform", "NONE");
    float[][] rows = {{-2}, {2}};
    Finding.expect("labels", "[20, 10]", model.ask(rows, "label"));
    Finding.expect(
        "scores of 10 and 20", "[[2.0, -2.0], [-2.0, 2.0]]", model.ask(rows, "scores"));
    Finding.end();
  }
}

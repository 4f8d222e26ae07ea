/**
 * ONNX Runtime 1.29.0: a classifier of two classes with one score leaves its SOFTMAX out.
 *
 * <p>Guess: post_transform = SOFTMAX gives two probabilities that sum to 1 and lie between 0 and 1.
 *
 * <p>Behaviour: a LinearClassifier with one row of coefficients, or trees that all vote for the
 * first class id, answer 1 − s and s, or −s and s if a leaf is negative: margins. Only their sum
 * makes the former look like probabilities.
 */
final class OneScoreHasNoSoftmax {
  public static void main(String[] arguments) throws Exception {
    float[][] rows = {{-2}, {3}};
    Onnx linear =
        Onnx.ofNumbers(1)
            .node(
                Onnx.ML,
                "LinearClassifier",
                "x -> label probabilities",
                "coefficients", new float[] {1},
                "intercepts", new float[] {0},
                "classlabels_ints", new int[] {0, 1},
                "post_transform", "SOFTMAX");
    Finding.expect(
        "linear, s = -2 and 3", "[[3.0, -2.0], [-2.0, 3.0]]", linear.ask(rows, "probabilities"));
    Onnx trees =
        Onnx.ofNumbers(1)
            .node(
                Onnx.ML,
                "TreeEnsembleClassifier",
                "x -> label probabilities",
                "nodes_treeids", new int[] {0, 0, 0},
                "nodes_nodeids", new int[] {0, 1, 2},
                "nodes_featureids", new int[] {0, 0, 0},
                "nodes_values", new float[] {0, 0, 0},
                "nodes_modes", new String[] {"BRANCH_LEQ", "LEAF", "LEAF"},
                "nodes_truenodeids", new int[] {1, 0, 0},
                "nodes_falsenodeids", new int[] {2, 0, 0},
                "class_treeids", new int[] {0, 0},
                "class_nodeids", new int[] {1, 2},
                "class_ids", new int[] {0, 0},
                "class_weights", new float[] {-2, 3},
                "classlabels_int64s", new int[] {0, 1},
                "post_transform", "SOFTMAX");
    Finding.expect(
        "trees, s = -2 and 3", "[[2.0, -2.0], [-3.0, 3.0]]", trees.ask(rows, "probabilities"));
    Finding.end();
  }
}

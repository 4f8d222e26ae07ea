/**
 * ONNX Runtime 1.29.0: two base values silence trees that vote for the second class.
 *
 * <p>Guess: base values are added to the votes, so that answers still differ between leaves.
 *
 * <p>Behaviour: of two classes whose leaves all vote for class id 1, the score becomes the second
 * base value alone, the same for every row; with one base value, that value is not added.
 */
final class BaseValuesSilenceTrees {
  private static String ask(float... bases) throws Exception {
    return Onnx.ofNumbers(1)
        .node(
            Onnx.ML,
            "TreeEnsembleClassifier",
            "x -> label scores",
            "nodes_treeids", new int[] {0, 0, 0},
            "nodes_nodeids", new int[] {0, 1, 2},
            "nodes_featureids", new int[] {0, 0, 0},
            "nodes_values", new float[] {0, 0, 0},
            "nodes_modes", new String[] {"BRANCH_LEQ", "LEAF", "LEAF"},
            "nodes_truenodeids", new int[] {1, 0, 0},
            "nodes_falsenodeids", new int[] {2, 0, 0},
            "class_treeids", new int[] {0, 0},
            "class_nodeids", new int[] {1, 2},
            "class_ids", new int[] {1, 1},
            "class_weights", new float[] {-2, 3},
            "classlabels_int64s", new int[] {0, 1},
            "base_values", bases,
            "post_transform", "NONE")
        .ask(new float[][] {{-1}, {1}}, "scores");
  }

  public static void main(String[] arguments) throws Exception {
    Finding.expect("base values 0.25, 0.5", "[[0.0, 0.5], [0.0, 0.5]]", ask(0.25f, 0.5f));
    Finding.expect("base value 0.25", "[[0.0, -2.0], [0.0, 3.0]]", ask(0.25f));
    Finding.end();
  }
}

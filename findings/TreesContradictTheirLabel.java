/**
 * ONNX Runtime 1.29.0: the label of a tree ensemble contradicts its own probability.
 *
 * <p>Guess: of two classes, the label is the one with the higher probability.
 *
 * <p>Behaviour: where all leaves vote for one class and none is negative, LOGISTIC makes a probability of
 * the summed votes s, but the label is still the second class only above s = ½, which is a
 * probability of 0.62. Between ½ and 0.62 the label is the less probable class. Gradient boosting
 * whose leaves all happen to be positive is such a model.
 */
final class TreesContradictTheirLabel {
  public static void main(String[] arguments) throws Exception {
    Onnx model =
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
                "class_weights", new float[] {0.25f, 0.75f},
                "classlabels_int64s", new int[] {10, 20},
                "post_transform", "LOGISTIC");
    float[][] rows = {{-1}, {1}};
    Finding.expect("labels", "[10, 20]", model.ask(rows, "label"));
    Finding.expect(
        "probabilities of 10 and 20",
        "[[0.43782347, 0.5621765], [0.3208213, 0.6791787]]",
        model.ask(rows, "probabilities"));
    Finding.end();
  }
}

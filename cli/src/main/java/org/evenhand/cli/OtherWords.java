package org.evenhand.cli;

import static java.util.Map.entry;

import java.util.Map;

/**
 * What people call commands and options who know other tools, and what they are called here: AIF360
 * speaks of protected attributes and privileged groups, Fairlearn of sensitive features, {@code
 * y_true} and {@code y_pred}, Aequitas of labels, scores and reference groups.
 */
final class OtherWords {
  static final Map<String, String> COMMANDS =
      Map.ofEntries(
          entry("check", "audit"),
          entry("test", "audit"),
          entry("measure", "audit"),
          entry("evaluate", "audit"),
          entry("assess", "audit"),
          entry("report", "audit --report FILE"),
          entry("fix", "repair"),
          entry("debias", "repair"),
          entry("mitigate", "repair"),
          entry("correct", "erase"),
          entry("postprocess", "erase"),
          entry("edit", "unlearn"),
          entry("finetune", "unlearn"),
          entry("benchmark", "compare"),
          entry("example", "demo"));

  static final Map<String, String> OPTIONS =
      Map.ofEntries(
          entry("csv", "--data"),
          entry("dataset", "--data"),
          entry("input", "--data"),
          entry("file", "--data"),
          entry("rows", "--data"),
          entry("label-column", "--target"),
          entry("label-name", "--target"),
          entry("label-value", "--target"),
          entry("class", "--target"),
          entry("outcome", "--target"),
          entry("ground-truth", "--target"),
          entry("y", "--target"),
          entry("y-true", "--target"),
          entry("attributes", "--attribute"),
          entry("protected", "--attribute"),
          entry("protected-attribute", "--attribute"),
          entry("protected-attributes", "--attribute"),
          entry("protected-attribute-names", "--attribute"),
          entry("sensitive", "--attribute"),
          entry("sensitive-attribute", "--attribute"),
          entry("sensitive-feature", "--attribute"),
          entry("sensitive-features", "--attribute"),
          entry("group", "--attribute"),
          entry("groups", "--attribute"),
          entry("y-pred", "--predictions-column"),
          entry("prediction", "--predictions-column"),
          entry("predictions", "--predictions-column"),
          entry("y-prob", "--scores-column"),
          entry("y-score", "--scores-column"),
          entry("score", "--scores-column"),
          entry("scores", "--scores-column"),
          entry("sample-weight", "--weights-column"),
          entry("privileged-group", "--reference"),
          entry("privileged-groups", "--reference"),
          entry("ref-group", "--reference"),
          entry("ref-groups", "--reference"),
          entry("pos-label", "--favourable"),
          entry("positive", "--favourable"),
          entry("positive-class", "--favourable"),
          entry("favorable-label", "--favourable"),
          entry("favorable-classes", "--favourable"),
          entry("control-features", "--within"),
          entry("alpha", "--confidence"),
          entry("random-state", "--seed"),
          entry("jobs", "--threads"),
          entry("n-jobs", "--threads"),
          entry("output-file", "--out"),
          entry("html", "--report"),
          entry("force-overwrite", "--overwrite"));

  private OtherWords() {}
}

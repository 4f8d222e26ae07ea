package org.evenhand.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenhand.evidence.ExplanationRecord.Group;
import org.evenhand.evidence.ExplanationRecord.Hessian;
import org.evenhand.evidence.ExplanationRecord.Ranking;
import org.evenhand.evidence.ExplanationRecord.Row;

/** An explanation made by hand: invented figures of a plausible size. */
final class ExplanationSamples {
  private ExplanationSamples() {}

  /** Groups alone. */
  static ExplanationRecord groups() {
    return of(Optional.empty(), false);
  }

  /** Two harmful rows and a helpful one, each with the picture that is given. */
  static ExplanationRecord of(Optional<byte[]> picture) {
    return of(picture, true);
  }

  private static ExplanationRecord of(Optional<byte[]> picture, boolean shown) {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("race", "White");
    columns.put("purpose", "car & boat");
    return new ExplanationRecord(
        "evenhand explain --model models/loans.onnx --data loans.csv --target repaid --flip race",
        "counterfactual bias",
        "race",
        "repaid",
        0.0615,
        "train",
        3_100,
        new Hessian(0.001, 87.5),
        0.52,
        Double.NaN,
        List.of(
            new Group("yes", "White", true, 900, 0.0001, 1, 0),
            new Group("no", "Black", true, 800, 0.00005, 1, 0),
            new Group("no", "White", false, 1_400, -0.0001, 0, 1)),
        new Ranking(
            1,
            List.of(
                new Row(17, 0.00042, "yes", "White", true, columns, picture),
                new Row(5, 0.0003, "no", "Black", true, Map.of(), picture))),
        new Ranking(0, List.of(new Row(2_211, -0.0005, "no", "White", false, Map.of(), picture))),
        shown,
        Set.of("race", "repaid", "split"),
        List.of("The pairs come from 500 rows only."),
        Samples.provenance(),
        Presentation.NONE);
  }
}

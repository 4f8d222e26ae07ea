package org.evenhand.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.evidence.ExplanationRecord.Ranking;
import org.evenhand.evidence.ExplanationRecord.Row;

/** An explanation made by hand: invented figures of a plausible size. */
final class ExplanationSamples {
  private ExplanationSamples() {}

  /** Two harmful rows and a helpful one, each with the picture that is given. */
  static ExplanationRecord of(Optional<byte[]> picture) {
    return new ExplanationRecord(
        "evenhand explain --model models/loans.onnx --data loans.csv --target repaid --flip race",
        "counterfactual bias",
        "race",
        "repaid",
        0.0615,
        "train",
        3_100,
        0.52,
        Double.NaN,
        new Ranking(
            1,
            List.of(
                new Row(17, 0.00042, "yes", "White", Map.of("purpose", "car & boat"), picture),
                new Row(5, 0.0003, "no", "Black", Map.of(), picture))),
        new Ranking(0, List.of(new Row(2_211, -0.0005, "no", "White", Map.of(), picture))),
        List.of("The pairs come from 500 rows only."),
        Samples.provenance());
  }
}

package org.evenhand.evidence;

import java.util.List;
import org.evenhand.audit.Metric;

/** What the figures of a table mean, one sentence each, for a reader who asks. */
final class Terms {
  private Terms() {}

  /** Folded, because most readers know some of them. */
  static Html of(List<? extends Metric> metrics) {
    return Html.of(
        """
        <details class="terms"><summary>What these figures mean</summary>
        <dl class="facts small">
        {}
        </dl></details>""",
        metrics.stream()
            .map(
                metric ->
                    Html.of("<dt>{}</dt><dd>{}</dd>", metric.heading(), metric.definition()))
            .toList());
  }
}

package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

/** 100 rows with each of two values, of which 60 and 30 are given class yes. */
class SelectionAuditTest {
  private static final Classes CLASSES = Classes.of("no", "yes");
  private static final int[] GIVEN =
      IntStream.range(0, 200).map(row -> row % 100 < (row < 100 ? 60 : 30) ? 1 : 0).toArray();

  private static LabelledSet rows(Target target) {
    int rows = target.codes().length;
    return LabelledSet.of(
        Table.of(List.of(new NumericColumn("x", new double[rows]))),
        target,
        List.of(
            new Attribute(
                "g",
                List.of("a", "b"),
                IntStream.range(0, rows).map(row -> row < 100 ? 0 : 1).toArray())));
  }

  private static AuditResult audit(Target target) {
    return Audit.of(rows(target), new Answers.Hard(CLASSES, GIVEN), AuditSettings.DEFAULT);
  }

  private final AuditResult result = audit(Target.unknown(CLASSES, 200));
  private final AttributeAudit audit = result.attribute("g");

  @Test
  void selection_rates_are_those_of_an_audit_with_true_classes() {
    Target any = new Target("y", CLASSES, IntStream.range(0, 200).map(row -> row % 2).toArray());
    AttributeAudit known = audit(any).attribute("g");

    assertThat(audit.reference()).isEqualTo("a").isEqualTo(known.reference());
    for (int b = 0; b < 2; b++) {
      for (ValueMetric metric : ValueMetric.values()) {
        if (!metric.needsOutcomes()) {
          assertThat(audit.values().get(b).of(metric)).isEqualTo(known.values().get(b).of(metric));
        }
      }
    }
    assertThat(((Known) audit.values().get(1).of(ValueMetric.IMPACT_RATIO)).value()).isEqualTo(0.5);
  }

  @Test
  void what_needs_true_classes_is_unknown_and_says_why() {
    Unknown reason = new Unknown("there are no true classes to compare decisions with");

    assertThat(result.overallAccuracy()).isEqualTo(reason);
    assertThat(audit.modelBias().estimate()).isEqualTo(reason);
    for (ValueMetric metric : ValueMetric.values()) {
      if (metric.needsOutcomes()) {
        assertThat(audit.values().get(0).of(metric)).as(metric.title()).isEqualTo(reason);
      }
    }
  }

  @Test
  void there_is_no_verdict() {
    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.isBiased()).isFalse();
    assertThat(audit.explanation())
        .isEqualTo(
            "Without true classes nothing says whether decisions are right, so there is no verdict on Model Bias.");
    assertThat(result.scope().outcomes()).isFalse();
  }

  @Test
  void one_value_alone_is_refused() {
    Target few = Target.unknown(CLASSES, 100);
    int[] given = IntStream.range(0, 100).map(row -> row % 2).toArray();

    assertThatThrownBy(
            () -> Audit.of(rows(few), new Answers.Hard(CLASSES, given), AuditSettings.DEFAULT))
        .isInstanceOf(AuditException.class)
        .hasMessage("Every row has g = a; an audit compares at least two values.");
  }
}

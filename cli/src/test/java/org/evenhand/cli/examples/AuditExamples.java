package org.evenhand.cli.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.ConfusionTable;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Classifier;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.data.Flip;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.Tables;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;

/** Measuring bias, and showing what was measured. */
public final class AuditExamples {
  private AuditExamples() {}

  /** An audit. */
  public static AttributeAudit audit(LabelledSet rows, Answers answers) {
    // docs:begin audit
    AuditResult result = Audit.of(rows, answers, AuditSettings.builder().tolerance(0.1).build());
    AttributeAudit gender = result.attribute("gender");
    System.out.println(gender.verdict() + ": " + gender.explanation());
    if (gender.modelBias().estimate() instanceof Estimate.Known bias) {
      System.out.printf("%.3f [%.3f, %.3f]%n", bias.value(), bias.low(), bias.high());
    }
    // docs:end audit
    return gender;
  }

  /** An audit of answers that were recorded. */
  public static AuditResult recorded(Path file) {
    // docs:begin recorded
    Table decisions = Tables.read(file);
    LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(decisions);
    Answers answers = Labels.scores(decisions, "score", rows.target().classes());
    AuditSettings settings =
        AuditSettings.builder().decisionRule(DecisionRule.threshold(0.62)).build();
    AuditResult result = Audit.of(rows, answers, settings);
    // docs:end recorded
    return result;
  }

  /** Counts and four figures, without intervals. */
  public static GroupSummary summary(LabelledSet rows, Answers answers) {
    // docs:begin summary
    int[] decisions = answers.decisions(DecisionRule.MOST_PROBABLE);
    ConfusionTable counts =
        ConfusionTable.of(rows.target(), rows.attribute("gender"), decisions, rows.weights());
    GroupSummary summary = GroupSummary.of(counts);
    // docs:end summary
    return summary;
  }

  /** Counterfactual bias. */
  public static CounterfactualBias counterfactual(LabelledSet rows, Classifier model) {
    // docs:begin counterfactual
    CounterfactualPairs pairs = Flip.of("gender").pairs(rows);
    CounterfactualBias bias =
        CounterfactualAudit.of(
            pairs,
            model.answer(pairs.factual().inputs()),
            model.answer(pairs.counterfactual().inputs()),
            CounterfactualAudit.DELTA,
            AuditSettings.DEFAULT);
    System.out.println(bias.verdict() + ": " + bias.explanation());
    // docs:end counterfactual
    return bias;
  }

  /** Report and evidence of one's own run. */
  public static void evidence(AuditResult result, Path folder) {
    // docs:begin evidence
    Provenance provenance =
        Provenance.now(
            List.of(
                Artefacts.of("model", folder.resolve("model.onnx")),
                Artefacts.of("data", folder.resolve("people.csv"))),
            result.settings().seed(),
            Map.of("tolerance", "0.05"));
    Evidence evidence = new Evidence.Audit("java -jar nightly-audit.jar", result, provenance);
    EvidencePack.writeReport(evidence, folder.resolve("nightly.html"));
    EvidencePack.writeJson(evidence, Map.of(), folder.resolve("nightly.json"));
    // docs:end evidence
  }
}

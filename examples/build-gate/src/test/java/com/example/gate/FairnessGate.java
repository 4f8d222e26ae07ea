package com.example.gate;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.Tables;

/** Stops a build whose model treats groups differently. */
final class FairnessGate {
  /** Biased models fail. Add INSUFFICIENT_EVIDENCE to ask for enough rows too. */
  private static final Set<Verdict> REFUSED = Set.of(Verdict.BIASED);

  private FairnessGate() {}

  /**
   * Passes a model whose decisions were recorded.
   *
   * @param decisions a CSV file of labelled rows that the model was not trained on
   * @param scores its column of probabilities; ask an OnnxClassifier instead if there is a model
   *     file
   * @throws AssertionError if the audit refuses it, with the audit's reason
   */
  static void pass(Path decisions, String scores) {
    Table table = Tables.read(decisions);
    LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(table);
    Answers answers = Labels.scores(table, scores, rows.target().classes());
    AttributeAudit gender = Audit.of(rows, answers, AuditSettings.DEFAULT).attribute("gender");
    if (REFUSED.contains(gender.verdict())) {
      throw new AssertionError(gender.verdict() + " by gender: " + gender.explanation());
    }
  }
}

package com.example.xgboost4j;

import java.util.List;
import java.util.Set;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.CounterfactualAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Flip;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;

/** Audits boosted trees through their predict method. */
public final class BoosterAudit {
  private BoosterAudit() {}

  /**
   * What came out.
   *
   * @param model the trees as a classifier
   * @param unseen rows that they were not trained on
   * @param audit of their decisions
   * @param flipped what changes when nothing but the gender does
   */
  public record Outcome(
      Classifier model, LabelledSet unseen, AuditResult audit, CounterfactualBias flipped) {}

  /** Trains and audits. */
  public static Outcome run() throws XGBoostError {
    Table loans = SimulatedLending.table(20_000, 1);
    LabelledSet rows =
        Labelling.of("repaid", List.of("gender")).apply(loans.without(Set.of(Split.COLUMN)));
    LabelledSet training = rows.select(Split.rows(loans, Split.COLUMN, Split.TRAIN));
    float[] labels = new float[training.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = training.target().codes()[row];
    }
    BoostedTrees trees = BoostedTrees.train(training.inputs(), labels);

    Classifier model = Classifier.ofFunction(Classes.of("no", "yes"), trees::probabilities);
    LabelledSet unseen = rows.select(Split.rows(loans, Split.COLUMN, Split.TEST));
    AuditResult audit = Audit.of(unseen, model.answer(unseen.inputs()), AuditSettings.DEFAULT);
    CounterfactualPairs pairs = Flip.of("gender").pairs(unseen);
    CounterfactualBias flipped =
        CounterfactualAudit.of(
            pairs,
            model.answer(pairs.factual().inputs()),
            model.answer(pairs.counterfactual().inputs()),
            CounterfactualAudit.DELTA,
            AuditSettings.DEFAULT);
    return new Outcome(model, unseen, audit, flipped);
  }

  /** Prints what came out. */
  public static void main(String[] arguments) throws XGBoostError {
    Outcome outcome = run();
    System.out.println(outcome.audit().attribute("gender").explanation());
    System.out.println(outcome.flipped().explanation());
  }
}

package com.example.consumer;

import java.util.List;
import java.util.Set;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;

/** Audits a Java function whose bias is plain: it asks more of women. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (!Audit.class.getModule().isNamed()) {
      throw new IllegalStateException("Evenhand is on the class path, not on the module path");
    }
    Table people = SimulatedLending.table(5_000, 1).without(Set.of(Split.COLUMN));
    LabelledSet rows = Labelling.of("repaid", List.of("gender")).apply(people);
    Classifier model = Classifier.ofLogits(Classes.of("no", "yes"), Main::logOdds);
    AuditResult audit = Audit.of(rows, model.answer(people), AuditSettings.DEFAULT);
    if (audit.attribute("gender").verdict() != Verdict.BIASED) {
      throw new IllegalStateException("not found biased");
    }
    System.out.println("on the module path: " + audit.attribute("gender").explanation());
  }

  private static double[] logOdds(Table people) {
    double[] logOdds = ((NumericColumn) people.column("income")).values().clone();
    TextColumn gender = (TextColumn) people.column("gender");
    for (int row = 0; row < logOdds.length; row++) {
      logOdds[row] =
          (logOdds[row] - 36_000) / 20_000 - (gender.value(row).equals("female") ? 1 : 0);
    }
    return logOdds;
  }
}

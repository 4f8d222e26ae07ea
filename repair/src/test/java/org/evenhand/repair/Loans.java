package org.evenhand.repair;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Change;
import org.evenhand.core.Classes;
import org.evenhand.core.Correction;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.Formula;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.core.Target;

/** Six people, three of each town, and a model whose log-odds of "yes" are the column x. */
final class Loans {
  static final Classes CLASSES = Classes.of("no", "yes");
  static final List<String> TOWNS = List.of("east", "west");
  static final Attribute TOWN = new Attribute("town", TOWNS, new int[] {0, 0, 0, 1, 1, 1});

  private static final double[] X = {-3, -1, 2, -1, 1, 3};

  private Loans() {}

  static LabelledSet rows(Attribute town, double... weights) {
    return new LabelledSet(
        Table.of(List.of(new NumericColumn("x", X))),
        new Target("repaid", CLASSES, new int[] {0, 1, 1, 0, 0, 1}),
        List.of(town),
        weights);
  }

  static LabelledSet rows() {
    return rows(TOWN, 1, 1, 1, 1, 1, 1);
  }

  static Answers.Soft answers() {
    return answers(rows().inputs());
  }

  private static Answers.Soft answers(Table inputs) {
    double[] x = ((NumericColumn) inputs.column("x")).values();
    double[] logits = new double[2 * x.length];
    for (int row = 0; row < x.length; row++) {
      logits[2 * row + 1] = x[row];
    }
    return Answers.Soft.ofLogits(CLASSES, logits);
  }

  /** Adds the same number of nats to "yes" in every row. */
  record Shift(float nats) implements Correction {
    @Override
    public int classes() {
      return 2;
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.everywhere(new float[] {0, nats});
    }
  }

  static Proposal proposal(Change change, Proposal.Alternative... alternatives) {
    return new Proposal(
        new Method("shift", "shift", "none", Method.Stage.ANSWERS, Set.of(Method.Need.SCORES)),
        List.of("town"),
        new Proposal.Variant("form", "plain", "plain", "shifted"),
        List.of(),
        "It is the only one.",
        Optional.empty(),
        change,
        List.of(alternatives),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** A model that may be asked, or one that counts as a failure when it is. */
  record Model(boolean mayBeAsked) implements DeployedModel {
    @Override
    public Classes classes() {
      return CLASSES;
    }

    @Override
    public Answers answer(Table inputs) {
      if (!mayBeAsked) {
        throw new AssertionError("asked a second time");
      }
      return answers(inputs);
    }

    @Override
    public List<InputColumn> inputs() {
      return List.of(new InputColumn("x", InputColumn.Kind.NUMBER));
    }

    @Override
    public String describe() {
      return "log-odds are x";
    }

    @Override
    public List<String> warnings(Table table) {
      return List.of();
    }

    @Override
    public Provenance.Artefact artefact() {
      return new Provenance.Artefact("model", "loans", "00", 1);
    }

    @Override
    public void close() {}
  }
}

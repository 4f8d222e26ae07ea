package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Progress;
import org.evenhand.datasets.Dataset;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Erasure;
import org.evenhand.eraser.Estimator;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.repair.Access;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairSearch;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.SearchLimits;
import org.evenhand.repair.Searchable;
import org.evenhand.workflow.Methods;

/**
 * Table II of Rule Eraser (vanilla models of LSAC and COMPAS) and the methods of its Table IV on
 * the same models.
 */
final class TabularTables implements Experiment {
  private static final List<Dataset> TASKS = List.of(Dataset.LSAC, Dataset.COMPAS);
  private static final String DEPLOYED = "vanilla";
  private static final String REPAIR = "repair";
  private static final String PAPER = "Rule Eraser as published (P1)";

  /** What the paper printed: average and worst group accuracy, Model Bias. */
  private static final Map<Dataset, String> PUBLISHED =
      Map.of(
          Dataset.LSAC,
          "Published (Table II; average group, worst group, Model Bias): vanilla 64.44, 19.02, 26.48; erased 69.01, 57.04, 4.11.",
          Dataset.COMPAS,
          "Published (Table II; average group, worst group, Model Bias): vanilla 62.35, 45.47, 19.45; erased 63.59, 58.43, 2.03.");

  @Override
  public String name() {
    return "tables-2-and-4";
  }

  @Override
  public String description() {
    return "Table II of Rule Eraser and the methods of its Table IV, on tables.";
  }

  /**
   * One method.
   *
   * @param name in the table
   * @param access that it needs
   * @param repair the method
   */
  private record Entry(String name, Access access, Repair repair) {}

  private static List<Entry> entries(Setting setting, long seed) {
    Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT);
    EraserSettings settings = setting.erasure(seed);
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(
            REPAIR,
            Access.INPUTS,
            new RepairSearch(
                Methods.OF_TABLES.named(List.of("recommended")),
                SearchLimits.DEFAULT.withAccess(Access.INPUTS))));
    entries.add(
        new Entry(
            PAPER,
            Access.INPUTS,
            new Erasure(trainer, settings.withEstimator(Estimator.of("P1")))));
    for (Repair method : Methods.OF_TABLES.named(List.of("all"))) {
      // The same estimators under another goal stand under one code.
      if (entries.stream().noneMatch(entry -> entry.name().equals(method.method().code()))) {
        entries.add(new Entry(method.method().code(), method.method().access(), ofForms(method)));
      }
    }
    return entries;
  }

  /** Of a method with many forms, the one that a search would choose among them. */
  private static Repair ofForms(Repair method) {
    return method instanceof Searchable && !method.method().equals(Erasure.METHOD)
        ? new RepairSearch(List.of(method), SearchLimits.DEFAULT)
        : method;
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    ResultTable table =
        new ResultTable(
            List.of(
                new ResultTable.Figure(
                    "average_group_accuracy", "average group", ResultTable.Form.PERCENT),
                new ResultTable.Figure(
                    "worst_group_accuracy", "worst group", ResultTable.Form.PERCENT),
                new ResultTable.Figure("model_bias", "Model Bias", ResultTable.Form.PERCENT),
                new ResultTable.Figure("noise_floor", "noise floor", ResultTable.Form.PERCENT),
                new ResultTable.Figure("overall_accuracy", "overall", ResultTable.Form.PERCENT)));
    int steps = TASKS.size() * setting.repetitions();
    int done = 0;
    for (Dataset dataset : TASKS) {
      Map<String, List<ErasureFigures>> figures = new LinkedHashMap<>();
      Map<String, Access> access = new LinkedHashMap<>();
      Map<String, Integer> failures = new LinkedHashMap<>();
      for (int seed = 1; seed <= setting.repetitions(); seed++) {
        try (VanillaModel vanilla = VanillaModel.train(setting.data(), dataset, seed)) {
          Recorder recorder = new Recorder(table, figures, failures, dataset, vanilla, seed);
          recorder.add(DEPLOYED, vanilla.test().answers());
          for (Entry entry : entries(setting, seed)) {
            access.put(entry.name(), entry.access());
            recorder.add(entry, setting);
          }
        }
        progress.step("repairing vanilla models", ++done, steps);
      }
      failures.forEach(
          (what, times) ->
              table.note(
                  title(dataset),
                  "In %d of %d divisions %s".formatted(times, setting.repetitions(), what)));
      table.note(title(dataset), PUBLISHED.getOrDefault(dataset, ""));
      table.note(title(dataset), better(figures, access));
    }
    return table.write(setting.results(), name(), heading(setting));
  }

  private static String title(Dataset dataset) {
    return dataset.name() + ", " + dataset.attribute();
  }

  /** Measures methods on one model. */
  private record Recorder(
      ResultTable table,
      Map<String, List<ErasureFigures>> figures,
      Map<String, Integer> failures,
      Dataset dataset,
      VanillaModel vanilla,
      int seed) {
    void add(Entry entry, Setting setting) {
      Answered calibration = vanilla.calibration();
      RepairTask task =
          RepairTask.of(calibration.set(), calibration.answers(), List.of(dataset.attribute()))
              .withSeed(seed)
              .withThreads(setting.threads(), Progress.NONE)
              .withHead(HeadTask.of(vanilla.model(), calibration.set()));
      try {
        Proposal proposal = entry.repair().propose(task);
        // What the search over all recommends against is not done; methods are measured as they
        // are.
        boolean nothing = entry.name().equals(REPAIR) && proposal.declined().isPresent();
        add(entry.name(), nothing ? vanilla.test().answers() : changed(proposal));
      } catch (EvenhandException e) {
        failures.merge(entry.name() + ": " + e.getMessage(), 1, Integer::sum);
      }
    }

    private Answers.Soft changed(Proposal proposal) {
      Answered test = vanilla.test();
      return proposal.change() instanceof Correction correction
          ? correction.apply(test.answers(), test.set().inputs())
          : (Answers.Soft) proposal.change().applyTo(vanilla.model()).answer(test.set().inputs());
    }

    void add(String method, Answers.Soft answers) {
      ErasureFigures of =
          ErasureFigures.of(vanilla.test().set(), dataset.attribute(), answers, seed);
      figures.computeIfAbsent(method, key -> new ArrayList<>()).add(of);
      table.add(
          title(dataset),
          seed,
          method,
          of.groups().average(),
          of.groups().worst(),
          of.groups().modelBias(),
          of.noiseFloor(),
          of.groups().overall());
    }
  }

  /** Methods that need no more access than the search had and beat it in accuracy and bias. */
  private static String better(
      Map<String, List<ErasureFigures>> figures, Map<String, Access> access) {
    List<ErasureFigures> ours = figures.getOrDefault(REPAIR, List.of());
    String names =
        access.entrySet().stream()
            .filter(entry -> entry.getValue() == Access.INPUTS)
            .filter(entry -> !entry.getKey().equals(REPAIR) && !entry.getKey().equals("constant"))
            .filter(entry -> beats(figures.getOrDefault(entry.getKey(), List.of()), ours))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? "No method that needs no more than the model's inputs is better than `repair` in Model Bias and in overall or average group accuracy, both by more than one standard deviation of the paired difference."
        : "Better than `repair` in Model Bias and in overall or average group accuracy, both by more than one standard deviation of the paired difference: "
            + names
            + ".";
  }

  private static boolean beats(List<ErasureFigures> theirs, List<ErasureFigures> ours) {
    if (theirs.size() != ours.size()) {
      return false;
    }
    List<Double> bias = new ArrayList<>();
    List<Double> overall = new ArrayList<>();
    List<Double> average = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      bias.add(ours.get(i).groups().modelBias() - theirs.get(i).groups().modelBias());
      overall.add(theirs.get(i).groups().overall() - ours.get(i).groups().overall());
      average.add(theirs.get(i).groups().average() - ours.get(i).groups().average());
    }
    return isGain(bias) && (isGain(overall) || isGain(average));
  }

  private static boolean isGain(List<Double> differences) {
    Summary summary = Summary.of(differences);
    return summary.mean() > summary.deviation();
  }

  private static String heading(Setting setting) {
    return String.format(
        Locale.ROOT,
        """
        # Table II of Rule Eraser, and the methods of Table IV, on tables

        Generated by `%s`; do not edit. Figures of every division: `tables-2-and-4.csv`.

        Mean ± standard deviation over %d divisions of the whole table, stratified by group: 60 %% train a perceptron of 64 (*vanilla*),
        20 %% are what repairs learn from, 20 %% are measured on. In percent or points. *Noise floor*: mean Model Bias that chance alone
        would give with these group sizes and accuracies. *repair*: what `evenhand repair --access inputs` proposes within one point
        of accuracy, or the model as it is where that recommends doing nothing. Every other method is measured even where it would be
        declined: *erase* in the form that it chooses itself, those with many forms in the one that is best within one point on the calibration rows,
        or nearest to that. *constant* is the dumbest reference: the commonest class for everybody.
        """,
        setting.command(),
        setting.repetitions());
  }
}

package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.Progress;
import org.evenhand.datasets.Dataset;
import org.evenhand.eraser.EqualOdds;
import org.evenhand.eraser.Erasure;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Finding;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairSearch;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.SearchLimits;
import org.evenhand.repair.Searchable;
import org.evenhand.repair.Unseen;

/**
 * What the search over methods proposes for the given tabular models, on random re-divisions of the
 * rows that the models were not trained on: chosen on calibration rows, measured on test rows,
 * before the guard on unseen rows could decline it.
 */
final class TabularRepair implements Experiment {
  /**
   * One model, the attribute whose bias falls, and whether it is asked for accuracy of groups too.
   */
  private record Task(String model, Dataset dataset, String attribute, boolean raised) {
    String title() {
      return model + ", " + attribute;
    }
  }

  private static final List<Task> TASKS =
      List.of(
          new Task("lsac-mlp", Dataset.LSAC, "race", true),
          new Task("lsac-gbdt", Dataset.LSAC, "race", true),
          new Task("compas-mlp", Dataset.COMPAS, "race", false),
          new Task("adult-mlp", Dataset.ADULT, "sex", false),
          new Task("adult-gbdt", Dataset.ADULT, "sex", true),
          new Task("compas-mlp-norace", Dataset.COMPAS, "race", false));

  private static final SearchLimits RAISED = SearchLimits.of(Aim.AVERAGE_GROUP, 0.2);

  @Override
  public String name() {
    return "repair-tabular";
  }

  @Override
  public String description() {
    return "What repair proposes for the given tabular models, over random re-divisions.";
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    ResultTable table =
        new ResultTable(
            List.of(
                new ResultTable.Figure("overall_accuracy", "overall", ResultTable.Form.PERCENT),
                new ResultTable.Figure(
                    "average_group_accuracy", "average group", ResultTable.Form.PERCENT),
                new ResultTable.Figure(
                    "worst_group_accuracy", "worst group", ResultTable.Form.PERCENT),
                new ResultTable.Figure("model_bias", "Model Bias", ResultTable.Form.PERCENT),
                new ResultTable.Figure("noise_floor", "noise floor", ResultTable.Form.PERCENT)));
    int steps = TASKS.size() * setting.repetitions();
    int done = 0;
    for (Task task : TASKS) {
      Deployment deployment =
          Deployment.load(setting.data(), task.model(), task.dataset(), List.of(task.attribute()));
      Map<String, Integer> findings = new TreeMap<>();
      Map<String, Integer> methods = new TreeMap<>();
      for (int seed = 1; seed <= setting.repetitions(); seed++) {
        divide(Division.of(task, deployment, seed, setting), table, methods, findings);
        progress.step("repairing " + task.model(), ++done, steps);
      }
      table.note(
          task.title(),
          "Proposed within one point: %s. On the test rows a lower Model Bias is: %s."
              .formatted(listed(methods), listed(findings)));
    }
    return table.write(setting.results(), name(), heading(setting));
  }

  /** A random division of a task's rows. */
  private record Division(
      Task task, Answered calibration, Answered test, int seed, Setting setting) {
    static Division of(Task task, Deployment deployment, int seed, Setting setting) {
      List<int[]> parts = deployment.divide(seed);
      return new Division(
          task,
          deployment.answered(parts.get(0)),
          deployment.answered(parts.get(1)),
          seed,
          setting);
    }
  }

  private static void divide(
      Division division,
      ResultTable table,
      Map<String, Integer> methods,
      Map<String, Integer> findings) {
    Answered calibration = division.calibration();
    Answered test = division.test();
    Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT);
    RepairTask task =
        RepairTask.of(
                calibration.set(), calibration.answers(), List.of(division.task().attribute()))
            .withSeed(division.seed())
            .withThreads(division.setting().threads(), Progress.NONE);
    add(table, division, "deployed", test.answers());
    add(table, division, "constant answer", constant(test.answers(), calibration));
    Erasure erasure = new Erasure(trainer, division.setting().erasure(division.seed()));
    add(table, division, "erase", changed(erasure.propose(task), test));
    // The forms of a method are the same whatever the search is for.
    List<Searchable> tried =
        List.of(new RememberedForms(new EqualOdds(trainer)), new RememberedForms(erasure));
    Proposal usual = new RepairSearch(tried, SearchLimits.DEFAULT).propose(task);
    Answers.Soft repaired = usual.declined().isPresent() ? test.answers() : changed(usual, test);
    add(table, division, "repair, within one point", repaired);
    methods.merge(
        usual.declined().isPresent() ? "nothing" : usual.method().code(), 1, Integer::sum);
    findings.merge(finding(test, division.task().attribute(), repaired), 1, Integer::sum);
    if (division.task().raised()) {
      Proposal raised = new RepairSearch(tried, RAISED).propose(task);
      add(
          table,
          division,
          "repair, average group raised",
          raised.declined().isPresent() ? test.answers() : changed(raised, test));
    }
  }

  private static Answers.Soft changed(Proposal proposal, Answered test) {
    return ((Correction) proposal.change()).apply(test.answers(), test.set().inputs());
  }

  /** The class that most calibration rows have, whoever asks. */
  private static Answers.Soft constant(Answers.Soft answers, Answered calibration) {
    int classes = answers.classes().size();
    double[] counts = new double[classes];
    for (int code : calibration.set().target().codes()) {
      counts[code]++;
    }
    double[] logs = new double[answers.rows() * classes];
    Arrays.setAll(logs, i -> counts[i % classes]);
    return Answers.Soft.ofLogits(answers.classes(), logs);
  }

  private static String finding(Answered test, String attribute, Answers.Soft repaired) {
    Finding finding =
        Unseen.of("test", test.set(), test.answers(), AuditSettings.DEFAULT)
            .finding(Aim.MODEL_BIAS, attribute, repaired);
    return finding.name().toLowerCase(Locale.ROOT);
  }

  private static void add(
      ResultTable table, Division division, String method, Answers.Soft answers) {
    Answered test = division.test();
    ErasureFigures figures =
        ErasureFigures.of(test.set(), division.task().attribute(), answers, division.seed());
    table.add(
        division.task().title(),
        division.seed(),
        method,
        figures.groups().overall(),
        figures.groups().average(),
        figures.groups().worst(),
        figures.groups().modelBias(),
        figures.noiseFloor());
  }

  private static String listed(Map<String, Integer> counts) {
    return String.join(
        ", ",
        counts.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList());
  }

  private static String heading(Setting setting) {
    return """
        # What repair proposes for the given tabular models

        Generated by `%s`; do not edit. Figures of every division: `repair-tabular.csv`.

        Mean ± standard deviation over %d random re-divisions of the rows that the models were not trained on, stratified by
        group; everything is fitted and chosen on the calibration rows and measured on the test rows, before the guard on unseen
        rows could decline it. In percent or points. *Noise floor*: mean Model Bias that chance alone would give with these group
        sizes and accuracies. *constant answer*: the commonest class for everybody, which has no Model Bias and helps nobody.
        *within one point*: the default limits of `evenhand repair`; *average group raised*: `--raise average-group
        --max-accuracy-loss 20`.
        """
        .formatted(setting.command(), setting.repetitions());
  }
}

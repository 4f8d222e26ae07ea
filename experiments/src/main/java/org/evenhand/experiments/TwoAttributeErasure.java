package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;
import org.evenhand.datasets.Dataset;
import org.evenhand.eraser.Distillation;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.ErasureProposal;
import org.evenhand.eraser.Estimator;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/**
 * Erases two biases of one model at once (Rule Eraser, equation 23), and each alone beside it, with
 * default settings on random re-divisions of the rows that the model was not trained on.
 */
final class TwoAttributeErasure implements Experiment {
  static final String MODEL = "compas-mlp";
  static final List<String> ATTRIBUTES = List.of("race", "sex");
  static final String CROSSED = String.join(",", ATTRIBUTES);
  static final List<String> MEASURED = List.of("race", "sex", CROSSED);
  static final String BEFORE = "before";
  static final String TOGETHER = "race and sex erased together";
  static final String AS_ONE = "race and sex as one crossed attribute";

  static final Map<String, List<String>> METHODS = methods();

  private static Map<String, List<String>> methods() {
    Map<String, List<String>> methods = new LinkedHashMap<>();
    methods.put(TOGETHER, ATTRIBUTES);
    ATTRIBUTES.forEach(attribute -> methods.put(attribute + " alone", List.of(attribute)));
    methods.put(AS_ONE, List.of(CROSSED));
    return methods;
  }

  @Override
  public String name() {
    return "erase-two-attributes";
  }

  @Override
  public String description() {
    return "Rule Eraser on the COMPAS model for race and sex together, and for each alone.";
  }

  /**
   * What one method gave on the test rows of one division.
   *
   * @param seed of the division
   * @param method its name
   * @param byAttribute figures of every attribute, whichever was erased
   * @param estimator its code; empty before the erasure
   * @param declined whether the guard declines the repair
   */
  record Outcome(
      long seed,
      String method,
      Map<String, ErasureFigures> byAttribute,
      String estimator,
      boolean declined) {
    ErasureFigures figures(String attribute) {
      ErasureFigures figures = byAttribute.get(attribute);
      if (figures == null) {
        throw new IllegalArgumentException(attribute);
      }
      return figures;
    }
  }

  @Override
  public List<Path> run(Setting setting, Progress progress) {
    Deployment deployment = Deployment.load(setting.data(), MODEL, Dataset.COMPAS, MEASURED);
    TwoAttributeReport report = new TwoAttributeReport(setting);
    for (int seed = 1; seed <= setting.repetitions(); seed++) {
      divide(deployment, seed, setting, report);
      progress.step("erasing " + MODEL, seed, setting.repetitions());
    }
    return report.write();
  }

  private static void divide(
      Deployment deployment, long seed, Setting setting, TwoAttributeReport report) {
    List<int[]> parts = deployment.divide(seed);
    LabelledSet calibration = deployment.set().select(parts.get(0));
    Answers.Soft known = deployment.answers().select(parts.get(0));
    LabelledSet test = deployment.set().select(parts.get(1));
    Answers.Soft answers = deployment.answers().select(parts.get(1));
    report.add(new Outcome(seed, BEFORE, figures(test, answers, seed), "", false));
    METHODS.forEach(
        (method, attributes) -> {
          ErasureProposal proposal =
              Eraser.propose(
                  calibration,
                  attributes,
                  known,
                  new Perceptron(PerceptronSettings.DEFAULT),
                  setting.erasure(seed));
          report.add(
              new Outcome(
                  seed,
                  method,
                  figures(test, proposal.removal().apply(answers, test.inputs()), seed),
                  proposal.estimator().code(),
                  proposal.declined().isPresent()));
        });
    Distillation distillation =
        Distillation.of(
            calibration, ATTRIBUTES, known, new Perceptron(PerceptronSettings.DEFAULT), seed);
    for (Estimator estimator : Estimator.all()) {
      Answers.Soft corrected =
          distillation.removal(estimator, Goal.UNIFORM, 1).apply(answers, test.inputs());
      report.add(
          new Outcome(
              seed,
              "together, by " + estimator.code(),
              figures(test, corrected, seed),
              estimator.code(),
              false));
    }
  }

  private static Map<String, ErasureFigures> figures(
      LabelledSet test, Answers.Soft answers, long seed) {
    Map<String, ErasureFigures> figures = new LinkedHashMap<>();
    for (String attribute : MEASURED) {
      figures.put(attribute, ErasureFigures.of(test, attribute, answers, seed));
    }
    return figures;
  }
}

package org.evenhand.cli;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Goal;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.Estimator;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import picocli.CommandLine.Option;

/** How the rule is distilled and how much of it is subtracted. */
@Under(Heading.METHOD)
final class ErasureOptions {
  @Option(
      names = "--estimator",
      paramLabel = "CODE",
      description =
          "The estimator of the rule: P1, P3, P3b, C2, S1, S2, S3 or S4, or 'all' to choose the best of them (default: the best of P1, P3, C2, S1 and S4).")
  private Optional<String> estimator = Optional.empty();

  @Option(
      names = "--strength",
      paramLabel = "SHARE",
      converter = Numbers.Share.class,
      defaultValue = "1",
      description =
          "The share of the rule that is subtracted, from 0 to 1 (default ${DEFAULT-VALUE}).")
  private double strength;

  @Option(
      names = "--keep-class-prior",
      description =
          "Subtract only what differs between the values of the attribute, so that the classes keep their shares.")
  private boolean keepClassPrior;

  @Option(
      names = "--blind",
      description = "Keep the protected attributes out of what the correction reads.")
  private boolean blind;

  @Option(
      names = "--folds",
      paramLabel = "N",
      description =
          "The number of folds in cross-validation (default 5, or 2 where every fold trains networks over images).")
  private Optional<Integer> folds = Optional.empty();

  boolean blind() {
    return blind;
  }

  /**
   * What the options say; seed, threads and decision rule are those of the run.
   *
   * @param networks whether patches are networks over images, which are trained
   */
  EraserSettings settings(boolean networks) {
    return new EraserSettings(
        keepClassPrior ? Goal.KEEP_CLASS_PRIOR : Goal.UNIFORM,
        strength,
        estimators(),
        folds.orElse(networks ? 2 : 5),
        EraserSettings.DEFAULT.seed(),
        EraserSettings.DEFAULT.threads(),
        EraserSettings.DEFAULT.decisionRule());
  }

  private List<Estimator> estimators() {
    if (estimator.isEmpty()) {
      return Estimator.candidates();
    }
    return estimator.get().equals("all") ? Estimator.all() : List.of(Estimator.of(estimator.get()));
  }
}

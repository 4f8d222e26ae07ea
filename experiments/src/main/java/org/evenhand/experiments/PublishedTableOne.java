package org.evenhand.experiments;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the paper printed for one deployed model of Table I or III, in percent and points, and what
 * it claims.
 *
 * @param task of {@link ImageTask}; names of several with | between them
 * @param kind of deployed model
 * @param before average group accuracy, worst group accuracy, Model Bias (of two biases their mean)
 * @param after the same with the eraser
 */
record PublishedTableOne(String task, String kind, Row before, Row after) {
  /** A row of the table. */
  record Row(double average, double worst, double modelBias) {}

  /** The kinds of models that are trained with the attribute. */
  private static final Set<String> TOLD_OF_ATTRIBUTE =
      Set.of("adversarial", "contrastive", "unfair");

  private static final List<PublishedTableOne> ALL =
      List.of(
          of("celeba-bignose", "vanilla", 69.48, 36.45, 23.26, 75.14, 71.52, 3.72),
          of("celeba-bignose", "adversarial", 68.41, 36.21, 12.59, 72.93, 60.12, 4.59),
          of("celeba-bignose", "contrastive", 72.96, 53.04, 8.59, 75.52, 72.54, 6.01),
          of("celeba-bignose", "unfair", 69.89, 42.20, 20.70, 72.92, 66.85, 3.34),
          of("celeba-attractive", "vanilla", 76.85, 66.20, 20.92, 78.76, 75.73, 2.30),
          of("celeba-attractive", "adversarial", 80.25, 74.13, 7.01, 80.33, 76.24, 5.92),
          of("celeba-attractive", "contrastive", 78.82, 72.00, 11.70, 79.78, 76.23, 1.45),
          of("celeba-attractive", "unfair", 76.45, 64.74, 20.13, 78.28, 77.43, 1.01),
          of("celeba-blond", "vanilla", 82.39, 46.13, 22.06, 91.54, 85.64, 6.24),
          of("celeba-blond", "adversarial", 85.07, 61.72, 11.12, 90.31, 85.34, 5.35),
          of("celeba-blond", "contrastive", 82.46, 55.05, 13.63, 90.46, 80.33, 5.94),
          of("celeba-blond", "unfair", 80.45, 38.93, 25.51, 92.21, 88.35, 4.71),
          of("utkface", "vanilla", 86.59, 72.61, 18.28, 90.09, 85.03, 5.40),
          of("utkface", "adversarial", 87.91, 75.62, 10.82, 88.85, 86.03, 4.36),
          of("utkface", "contrastive", 86.23, 76.45, 10.57, 88.64, 85.36, 6.20),
          of("utkface", "unfair", 84.41, 70.41, 22.14, 88.03, 82.45, 3.05),
          of("colored-mnist", "vanilla", 77.90, 12.91, 14.46, 95.88, 76.35, 2.50),
          of("colored-mnist", "adversarial", 94.35, 19.54, 3.79, 96.58, 74.95, 2.38),
          of("colored-mnist", "contrastive", 96.32, 89.12, 2.08, 96.45, 89.88, 1.77),
          of("colored-mnist", "unfair", 73.65, 11.90, 18.65, 94.86, 57.08, 3.20),
          of("imagenet-b", "vanilla", 61.24, 26.01, 13.84, 75.33, 49.63, 6.47),
          of("imagenet-b", "adversarial", 64.51, 29.38, 10.62, 68.48, 43.79, 6.54),
          of("imagenet-b", "contrastive", 63.26, 28.03, 10.27, 67.68, 42.05, 6.96),
          of("imagenet-b", "unfair", 56.34, 18.02, 15.24, 71.82, 46.87, 6.83),
          // Table V.
          of("celeba-bignose", TableFive.RESNET, 69.48, 36.45, 23.26, 75.14, 71.52, 3.72),
          of("celeba-bignose", TableFive.VIT, 60.01, 11.75, 27.53, 66.85, 63.91, 3.75),
          // Table III.
          of("urbancars|two-colours", "vanilla", 77.27, 28.05, 30.04, 86.63, 77.82, 4.05),
          of("urbancars|two-colours", "adversarial", 82.13, 62.42, 15.06, 86.44, 76.56, 3.91),
          of("urbancars|two-colours", "contrastive", 84.74, 67.25, 14.6, 87.39, 77.62, 4.83),
          of("urbancars|two-colours", "unfair", 75.26, 17.62, 36.06, 85.40, 67.26, 2.79));

  private static PublishedTableOne of(
      String task,
      String kind,
      double average,
      double worst,
      double bias,
      double averageAfter,
      double worstAfter,
      double biasAfter) {
    return new PublishedTableOne(
        task, kind, new Row(average, worst, bias), new Row(averageAfter, worstAfter, biasAfter));
  }

  /** The row before or after that stands for a method, if the paper has one. */
  static Optional<Row> find(String task, String kind, String method) {
    return ALL.stream()
        .filter(row -> task.matches(row.task()) && row.kind().equals(kind))
        .findFirst()
        .flatMap(
            row ->
                switch (method) {
                  case ErasedAnswers.BEFORE -> Optional.of(row.before());
                  case ErasedAnswers.PAPER -> Optional.of(row.after());
                  default -> Optional.empty();
                });
  }

  /** The same as a cell of a table; empty if the paper has none. */
  static String cell(String task, String kind, String method) {
    return find(task, kind, method)
        .map(
            row ->
                String.format(
                    Locale.ROOT, "%.2f / %.2f / %.2f", row.average(), row.worst(), row.modelBias()))
        .orElse("");
  }

  /**
   * Whether the paper's headline holds, for a vanilla model and for models that are fairer already.
   *
   * @param fall by how much the bias of a vanilla model is to fall at least, in 0…1
   * @param before Model Bias less its noise floor
   * @param after the same with the default repair
   * @param parts of deployed models of that kind
   */
  static String asked(String kind, double fall, double before, double after, ErasedParts parts) {
    double average = parts.change(each -> each.groups().average());
    double worst = parts.change(each -> each.groups().worst());
    boolean vanilla = !TOLD_OF_ATTRIBUTE.contains(kind);
    boolean reached =
        vanilla
            ? after <= (1 - fall) * before && average > 0 && worst > 0
            : after < before && average >= 0;
    return "Asked: %s: **%s**."
        .formatted(
            vanilla
                ? "Model Bias less its floor lower by %.0f %% or more, average and worst group accuracy higher"
                    .formatted(100 * fall)
                : "lower Model Bias, average group accuracy not lower",
            reached ? "reached" : "not reached");
  }
}

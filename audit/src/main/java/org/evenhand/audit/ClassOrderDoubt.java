package org.evenhand.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.evenhand.audit.Estimate.Known;

/**
 * A caution: the answers are so bad that scores or classes may have been read in another order than
 * they were written in.
 *
 * @param reason in one sentence, with a question
 */
public record ClassOrderDoubt(String reason) {

  /**
   * The caution, if an audit gives reason for it: accuracy is below that of always deciding the
   * commonest class, or every known area under the ROC curve is below one half, beyond chance.
   *
   * @param audit of at least one attribute; its first attribute's rows are looked at
   */
  public static Optional<ClassOrderDoubt> of(AuditResult audit) {
    return audit.attributes().stream()
        .filter(attribute -> !attribute.groups().isEmpty())
        .findFirst()
        .flatMap(
            first ->
                belowCommonest(audit.overallAccuracy(), first.groups())
                    .or(() -> belowHalf(first.values(), audit.favourable())))
        .map(ClassOrderDoubt::new);
  }

  private static Optional<String> belowCommonest(Estimate accuracy, List<GroupAccuracy> groups) {
    Map<String, Double> rows = new TreeMap<>();
    groups.forEach(group -> rows.merge(group.target(), group.n(), Double::sum));
    double all = rows.values().stream().mapToDouble(Double::doubleValue).sum();
    Map.Entry<String, Double> commonest =
        rows.entrySet().stream().max(Comparator.comparing(Map.Entry::getValue)).orElseThrow();
    return accuracy instanceof Known known && known.high() < commonest.getValue() / all
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Overall accuracy is %.1f %%, but always deciding '%s' would be right in %.1f %%; are the classes in another order?",
                100 * known.value(),
                commonest.getKey(),
                100 * commonest.getValue() / all))
        : Optional.empty();
  }

  private static Optional<String> belowHalf(List<ValueMetrics> values, String favourable) {
    List<Known> areas =
        values.stream()
            .map(value -> value.of(ValueMetric.AUC))
            .filter(Known.class::isInstance)
            .map(Known.class::cast)
            .toList();
    return !areas.isEmpty() && areas.stream().allMatch(area -> area.high() < 0.5)
        ? Optional.of(
            "Rows of class '%s' score lower than the others; is the score that of another class?"
                .formatted(favourable))
        : Optional.empty();
  }
}

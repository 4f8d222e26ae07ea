package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.evidence.RepairRecord.Cell;
import org.evenhand.evidence.RepairRecord.Diagnosis;
import org.evenhand.evidence.RepairRecord.TableError;

/** How well founded the rule of one attribute is. */
final class DiagnosisTables {
  private DiagnosisTables() {}

  static Html of(Diagnosis diagnosis) {
    return Html.of(
        """
        <h3>How well founded: {}</h3>
        {}
        {}
        {}""",
        diagnosis.attribute(),
        diagnosis.balancedAccuracy().isPresent()
            ? Html.of(
                """
                <p>From the model's inputs, {} is recognised with a balanced accuracy of {}. Where it \
                cannot be recognised, its rule cannot be removed.</p>""",
                diagnosis.attribute(),
                Numbers.Unit.PERCENT.show(diagnosis.balancedAccuracy().getAsDouble()))
            : Html.NONE,
        warnings(diagnosis),
        table(diagnosis));
  }

  private static Html warnings(Diagnosis diagnosis) {
    return Html.when(
        !diagnosis.warnings().isEmpty(),
        "<ul class=\"warnings\">{}</ul>",
        diagnosis.warnings().stream().map(warning -> Html.of("<li>{}</li>", warning)).toList());
  }

  /** One row a value: the fitted rows of each class, and the standard error of T[b]. */
  private static Html table(Diagnosis diagnosis) {
    Set<String> targets = new LinkedHashSet<>();
    Map<String, Map<String, Double>> counts = new LinkedHashMap<>();
    for (Cell cell : diagnosis.cells()) {
      targets.add(cell.target());
      counts
          .computeIfAbsent(cell.attributeValue(), value -> new LinkedHashMap<>())
          .put(cell.target(), cell.n());
    }
    Map<String, Double> errors = new LinkedHashMap<>();
    for (TableError error : diagnosis.tableErrors()) {
      errors.put(error.attributeValue(), error.standardError());
      counts.computeIfAbsent(error.attributeValue(), value -> new LinkedHashMap<>());
    }
    List<Html> rows = new ArrayList<>();
    counts.forEach(
        (value, byTarget) ->
            rows.add(
                Html.of(
                    "<tr><th scope=\"row\">{}</th>{}{}</tr>",
                    value,
                    targets.stream()
                        .map(
                            target ->
                                Html.of(
                                    "<td>{}</td>",
                                    Numbers.count(byTarget.getOrDefault(target, 0.0))))
                        .toList(),
                    Html.when(
                        !errors.isEmpty(),
                        "<td>{}</td>",
                        error(errors.getOrDefault(value, Double.NaN))))));
    return Html.when(
        !rows.isEmpty(),
        """
        <div class="scroll"><table>
        <thead><tr><th scope="col">Fitted rows</th>{}{}</tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        targets.stream().map(target -> Html.of("<th scope=\"col\">class {}</th>", target)).toList(),
        Html.when(!errors.isEmpty(), "<th scope=\"col\">Standard error of the rule, nats</th>"),
        rows);
  }

  private static String error(double standardError) {
    return Double.isNaN(standardError) ? "–" : Numbers.fixed(standardError, 3);
  }
}

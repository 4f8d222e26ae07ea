package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.evidence.RepairRecord.Flips;

/** How many decisions a repair changed, and which way. */
final class FlipsTable {
  private FlipsTable() {}

  static Html of(ModelChange change) {
    boolean favourable = !change.before().favourable().isEmpty();
    List<Html> rows = new ArrayList<>();
    for (Flips flips : change.flips()) {
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{} = {}</th><td>{}</td><td>{}<small>{}</small></td>{}</tr>",
              flips.attribute(),
              flips.value(),
              Numbers.count(flips.n()),
              Numbers.count(flips.changed()),
              Unit.PERCENT.show(flips.changed() / flips.n()),
              Html.when(
                  favourable,
                  "<td>{}</td><td>{}</td>",
                  Numbers.count(flips.toFavourable()),
                  Numbers.count(flips.toUnfavourable()))));
    }
    return Html.when(
        !rows.isEmpty(),
        """
        <h3>Decisions that changed</h3>
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col">n</th><th scope="col">Changed</th>{}</tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        Html.when(
            favourable,
            "<th scope=\"col\">To favourable</th><th scope=\"col\">To unfavourable</th>"),
        rows);
  }
}

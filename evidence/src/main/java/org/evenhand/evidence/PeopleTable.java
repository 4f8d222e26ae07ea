package org.evenhand.evidence;

import java.util.List;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.PeopleChange;

/** How many decisions about people a repair changes, which way, and whether for right. */
final class PeopleTable {
  private PeopleTable() {}

  static Html of(RepairRecord repair) {
    boolean favourable = !repair.before().favourable().isEmpty();
    List<PeopleChange> people = repair.measured().people();
    return Html.when(
        !people.isEmpty(),
        """
        <h3>Decisions that changed</h3>
        <div class="scroll"><table>
        <thead><tr><th></th><th scope="col">n</th><th scope="col">Changed</th>{}\
        <th scope="col">Became right</th><th scope="col">Became wrong</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        Html.when(
            favourable,
            "<th scope=\"col\">To favourable</th><th scope=\"col\">To unfavourable</th>"),
        people.stream().map(change -> row(change, favourable)).toList());
  }

  private static Html row(PeopleChange change, boolean favourable) {
    return Html.of(
        "<tr><th scope=\"row\">{} = {}</th><td>{}</td><td>{}<small>{}</small></td>{}<td>{}</td><td>{}</td></tr>",
        change.attribute(),
        change.value(),
        Numbers.count(change.n()),
        Numbers.count(change.changed()),
        Unit.PERCENT.show(change.changed() / change.n()),
        Html.when(
            favourable,
            "<td>{}</td><td>{}</td>",
            Numbers.count(change.toFavourable()),
            Numbers.count(change.toUnfavourable())),
        Numbers.count(change.becameRight()),
        Numbers.count(change.becameWrong()));
  }
}

package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.evidence.Numbers.Unit;

/** The accuracy of every group, as pictures and as a table. */
final class GroupsSection {
  private GroupsSection() {}

  static Html of(List<Comparison> comparisons) {
    List<Html> attributes = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      if (!comparisons.get(i).before().groups().isEmpty()) {
        attributes.add(attribute(comparisons.get(i), i));
      }
    }
    return Html.when(
        !attributes.isEmpty(),
        """
        <section id="groups">
        <h2>Groups</h2>
        <p>A group is all cases of one true class and one value of the attribute. Its accuracy is the \
        share decided correctly.</p>
        {}
        </section>""",
        attributes);
  }

  private static Html attribute(Comparison comparison, int index) {
    Map<String, List<GroupAccuracy>> byTarget = new LinkedHashMap<>();
    for (GroupAccuracy group : comparison.before().groups()) {
      byTarget.computeIfAbsent(group.target(), target -> new ArrayList<>()).add(group);
    }
    List<Html> panels = new ArrayList<>();
    byTarget.forEach(
        (target, groups) ->
            panels.add(
                Html.of(
                    "<figure><figcaption>True class <b>{}</b></figcaption>{}</figure>",
                    target,
                    DotPlot.of(
                        "dots-" + index + "-" + panels.size(), target, groups, comparison))));
    return Html.of(
        """
        <h3>{}</h3>
        {}
        <div class="multiples">{}</div>
        {}""",
        comparison.attribute(),
        Html.when(
            comparison.after().isPresent(),
            """
            <p class="note"><span class="key before"></span> {} \
            <span class="key after"></span> {}, with {} intervals</p>""",
            comparison.labels().before(),
            comparison.labels().after(),
            VerdictSection.confidence(comparison.audit())),
        panels,
        table(comparison));
  }

  private static Html table(Comparison comparison) {
    boolean paired = comparison.after().isPresent();
    List<Html> rows = new ArrayList<>();
    for (GroupAccuracy group : comparison.before().groups()) {
      Optional<Estimate> after = comparison.after(group).map(GroupAccuracy::accuracy);
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{}</th><td class=\"text\">{}</td><td>{}</td>{}{}</tr>",
              group.target(),
              group.attributeValue(),
              Numbers.count(group.n()),
              Cells.estimate(group.accuracy(), Unit.PERCENT),
              Html.when(
                  paired,
                  "{}<td>{}</td>",
                  after.map(e -> Cells.estimate(e, Unit.PERCENT)).orElse(Cells.EMPTY),
                  after.map(e -> change(group.accuracy(), e)).orElse("–"))));
    }
    return Html.of(
        """
        <div class="scroll"><table>
        <thead><tr><th scope="col">True class</th><th scope="col" class="text">{}</th>\
        <th scope="col">n</th><th scope="col">Accuracy{}</th>{}</tr></thead>
        <tbody>
        {}
        </tbody></table></div>""",
        comparison.attribute(),
        paired ? " " + comparison.labels().before() : "",
        Html.when(
            paired,
            "<th scope=\"col\">Accuracy {}</th><th scope=\"col\">Change, points</th>",
            comparison.labels().after()),
        rows);
  }

  private static String change(Estimate before, Estimate after) {
    if (before instanceof Estimate.Known b && after instanceof Estimate.Known a) {
      return Unit.POINTS.signed(a.value() - b.value());
    }
    return "–";
  }
}

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

  static Section of(List<Comparison> comparisons) {
    List<Html> attributes = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      if (!comparisons.get(i).before().groups().isEmpty()) {
        attributes.add(attribute(comparisons.get(i), i));
      }
    }
    return new Section(
        "groups",
        "Accuracy of every group",
        Html.when(
            !attributes.isEmpty(),
            """
            <p>A group is all cases of one true class and one value of the attribute. Its accuracy is the \
            share decided correctly.</p>
            {}""",
            attributes));
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
                    "<figure>{}<figcaption>Accuracy where <b>{}</b>, by {}</figcaption></figure>",
                    DotPlot.of("dots-" + index + "-" + panels.size(), target, groups, comparison),
                    comparison.classNamed(target),
                    comparison.attribute())));
    return Html.of(
        """
        <h3>By {}</h3>
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
            Confidence.of(comparison.audit().settings())),
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
              comparison.classNamed(group.target()),
              group.attributeValue(),
              Numbers.count(group.n()),
              Cells.estimate(group.accuracy(), Unit.PERCENT),
              Html.when(
                  paired,
                  "{}<td>{}</td>",
                  after.map(e -> Cells.estimate(e, Unit.PERCENT)).orElse(Cells.EMPTY),
                  after.map(e -> change(group.accuracy(), e)).orElse("–"))));
    }
    List<Html> heads = new ArrayList<>();
    heads.add(HtmlTable.head("True class"));
    heads.add(HtmlTable.textHead(Numbers.capitalized(comparison.attribute())));
    heads.add(HtmlTable.head("Cases"));
    heads.add(HtmlTable.head(paired ? "Accuracy before" : "Accuracy"));
    if (paired) {
      heads.add(HtmlTable.head("Accuracy after"));
      heads.add(HtmlTable.head("Change, points"));
    }
    return HtmlTable.of(
        "Accuracy of each group by %s, with %s intervals"
            .formatted(comparison.attribute(), Confidence.of(comparison.audit().settings())),
        heads,
        rows);
  }

  private static String change(Estimate before, Estimate after) {
    if (before instanceof Estimate.Known b && after instanceof Estimate.Known a) {
      return Unit.POINTS.signed(a.value() - b.value());
    }
    return "–";
  }
}

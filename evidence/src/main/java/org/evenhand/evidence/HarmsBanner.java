package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.AttributeChange;
import org.evenhand.repair.Finding;
import org.evenhand.repair.Harm;
import org.evenhand.repair.PairedChange;
import org.evenhand.repair.RepairJudgement.AimFinding;

/** What a repair was shown to do and what it makes worse, before anything else is said of it. */
final class HarmsBanner {
  private HarmsBanner() {}

  static Html of(RepairRecord repair) {
    List<Html> lines = new ArrayList<>();
    for (AimFinding found : repair.judgement().findings()) {
      for (String attribute : repair.proposal().attributes()) {
        AttributeChange changes = repair.measured().effects().attribute(attribute);
        changes.of(found.aim()).ifPresent(change -> lines.add(line(found, attribute, change)));
      }
    }
    List<Harm> harms = repair.measured().effects().harms();
    return Html.of(
        """
        <div class="banner effects"><ul>{}</ul>{}</div>""",
        lines,
        harms.isEmpty()
            ? Html.of("<p>None of the harms that are looked for was found.</p>")
            : Html.of(
                "<p><strong>What gets worse:</strong></p><ul class=\"warnings\">{}</ul>",
                harms.stream().map(harm -> Html.of("<li>{}</li>", harm.text())).toList()));
  }

  private static Html line(AimFinding found, String attribute, PairedChange change) {
    return Html.of(
        "<li>That {} by {} {} is <strong>{}</strong>: {} points, {} to {}, on the same rows.</li>",
        found.aim().title(),
        attribute,
        found.aim().rises() ? "rises" : "falls",
        word(Finding.of(change, found.aim().rises())),
        Unit.POINTS.signed(change.value()),
        Unit.POINTS.signed(change.low()),
        Unit.POINTS.signed(change.high()));
  }

  private static String word(Finding finding) {
    return finding == Finding.WORSE ? "contradicted" : finding.name().toLowerCase(Locale.ROOT);
  }
}

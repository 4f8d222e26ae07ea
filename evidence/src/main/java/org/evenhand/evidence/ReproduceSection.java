package org.evenhand.evidence;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.evenhand.core.Provenance;

/** How to get the same numbers again. */
final class ReproduceSection {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ReproduceSection() {}

  static Section of(Evidence evidence) {
    return of(
        evidence.commandLine(),
        evidence.provenance(),
        evidence.change().map(RepairRecord::outputs).orElse(List.of()));
  }

  static Section of(String commandLine, Provenance provenance, List<Provenance.Artefact> written) {
    return new Section(
        "reproduce", "How to get this again", body(commandLine, provenance, written), true);
  }

  private static Html body(
      String commandLine, Provenance provenance, List<Provenance.Artefact> written) {
    return Html.of(
        """
        <p class="command">{}</p>
        {}
        {}
        <h3>Settings and environment</h3>
        <dl class="facts small">
        <dt>made</dt><dd>{}</dd>
        <dt>evenhand</dt><dd>{}</dd>
        {}
        {}
        </dl>""",
        command(commandLine),
        artefacts("Files read", provenance.artefacts()),
        artefacts("Files written", written),
        TIME.format(provenance.time()),
        provenance.version(),
        facts(withSeed(provenance)),
        facts(provenance.environment()));
  }

  /** The line in pieces that do not break within an option unless one alone is too long. */
  private static List<Html> command(String line) {
    return Stream.of(line.split("(?= --)"))
        .map(piece -> Html.of("<span>{}</span>", piece.strip()))
        .toList();
  }

  private static Html artefacts(String title, List<Provenance.Artefact> artefacts) {
    List<Html> rows = new ArrayList<>();
    for (Provenance.Artefact artefact : artefacts) {
      rows.add(
          Html.of(
              """
              <tr><th scope="row">{}</th><td class="text path">{}<small class="hash">SHA-256 {}</small></td>\
              <td>{}</td></tr>""",
              artefact.role(),
              artefact.path(),
              artefact.sha256(),
              Numbers.count((double) artefact.bytes())));
    }
    return Html.when(
        !rows.isEmpty(),
        """
        <h3>{}</h3>
        {}""",
        title,
        HtmlTable.of(
            title + " and their hashes, which tell whether a file is the same",
            List.of(HtmlTable.head("Role"), HtmlTable.textHead("File"), HtmlTable.head("Bytes")),
            rows));
  }

  /** A command's settings name the seed already, a program's need not. */
  private static Map<String, String> withSeed(Provenance provenance) {
    Map<String, String> settings = new TreeMap<>(provenance.settings());
    settings.put("seed", Long.toString(provenance.seed()));
    return settings;
  }

  private static List<Html> facts(Map<String, String> facts) {
    List<Html> items = new ArrayList<>();
    facts.forEach((name, value) -> items.add(Html.of("<dt>{}</dt><dd>{}</dd>", name, value)));
    return items;
  }
}

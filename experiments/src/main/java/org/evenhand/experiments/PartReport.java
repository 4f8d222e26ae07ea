package org.evenhand.experiments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.AtomicFile;

/**
 * A page about deployed models, a section a kind, with a JSON file of every figure. It is written
 * anew whenever there are more of them.
 *
 * @param <P> what a section is about
 */
abstract class PartReport<P extends ReportedPart> {
  final Experiment.Setting setting;
  final ImageTask task;
  final ImageScale scale;

  /** Of both files, without an ending. */
  final String name;

  private final Map<String, List<P>> byKind = new LinkedHashMap<>();

  /**
   * @param setting has the folder of the two files
   * @param name of both, without an ending
   */
  PartReport(Experiment.Setting setting, ImageTask task, ImageScale scale, String name) {
    this.setting = setting;
    this.task = task;
    this.scale = scale;
    this.name = name;
  }

  /** What the page says before its sections. */
  abstract String head();

  /**
   * What it says of one kind, below the kind's name.
   *
   * @param parts at least one
   */
  abstract String section(String kind, List<P> parts);

  /** Adds what is finished. */
  void add(P part) {
    byKind.computeIfAbsent(part.kind(), kind -> new ArrayList<>()).add(part);
  }

  /** Writes what there is so far. */
  List<Path> write() {
    StringBuilder text = new StringBuilder(head());
    byKind.forEach(
        (kind, parts) ->
            text.append("\n## ").append(kind).append("\n\n").append(section(kind, parts)));
    Path page = setting.results().resolve(name + ".md");
    Path raw = setting.results().resolve(name + ".json");
    byte[] markdown = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(page, out -> out.write(markdown));
    byte[] json = PartStore.json(byKind.values().stream().flatMap(List::stream).toList());
    AtomicFile.write(raw, out -> out.write(json));
    return List.of(page, raw);
  }
}

package org.evenhand.experiments;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What deployed models of one kind gave, one with each seed.
 *
 * @param parts at least one
 */
record ErasedParts(List<ErasedPart> parts) {
  /** In the order of a table. */
  Set<String> methods() {
    Set<String> methods = new LinkedHashSet<>();
    parts.forEach(part -> methods.addAll(part.figures().keySet()));
    return methods;
  }

  /** The attributes of figures for one of several; empty if there is one only. */
  List<String> attributes() {
    return List.copyOf(parts.get(0).ofEach().keySet());
  }

  List<ErasureFigures> figures(String method) {
    return FigureRows.of(method, parts.stream().map(ErasedPart::figures));
  }

  /** For one attribute of several. */
  List<ErasureFigures> figures(String method, String attribute) {
    return FigureRows.of(
        method, parts.stream().map(part -> Objects.requireNonNull(part.ofEach().get(attribute))));
  }

  static double mean(List<ErasureFigures> figures, ToDoubleFunction<ErasureFigures> figure) {
    return figures.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** By how much the default repair changes a figure. */
  double change(ToDoubleFunction<ErasureFigures> figure) {
    return mean(figures(ErasedAnswers.DEFAULT), figure)
        - mean(figures(ErasedAnswers.BEFORE), figure);
  }

  /** What the default repair changes beside biases, what it is, and how long all took. */
  String changes() {
    Map<String, Integer> chosen = new TreeMap<>();
    parts.forEach(part -> chosen.merge(part.chosen(), 1, Integer::sum));
    return String.format(
        Locale.ROOT,
        "average group accuracy %+.2f, worst group %+.2f, overall %+.2f."
            + " Chosen by default: %s; declined in %d of %d. By the clock, of a machine that may have had other work: %.0f s of training since it was last started, %.0f s of erasing.",
        100 * change(each -> each.groups().average()),
        100 * change(each -> each.groups().worst()),
        100 * change(each -> each.groups().overall()),
        chosen,
        parts.stream().filter(ErasedPart::declined).count(),
        parts.size(),
        parts.stream().mapToDouble(ErasedPart::trainingSeconds).average().orElseThrow(),
        parts.stream().mapToDouble(ErasedPart::erasingSeconds).average().orElseThrow());
  }
}

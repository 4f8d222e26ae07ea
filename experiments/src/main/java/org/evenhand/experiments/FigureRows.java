package org.evenhand.experiments;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.experiments.TabularErasure.Figures;

/** Lines of a table in Markdown: a method and the mean ± deviation of its figures. */
final class FigureRows {
  static final String HEADING =
      """
      | | average group | worst group | Model Bias | noise floor | overall |
      |---|---|---|---|---|---|
      """;

  private static final List<ToDoubleFunction<Figures>> CELLS =
      List.of(
          figures -> figures.groups().average(),
          figures -> figures.groups().worst(),
          figures -> figures.groups().modelBias(),
          Figures::noiseFloor,
          figures -> figures.groups().overall());

  private FigureRows() {}

  /**
   * @param repetitions the method's figures
   */
  static String row(String method, List<Figures> repetitions) {
    Stream<String> cells = CELLS.stream().map(cell -> cell(repetitions, cell));
    return Stream.concat(Stream.of(method), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String cell(List<Figures> repetitions, ToDoubleFunction<Figures> figure) {
    return Summary.of(repetitions.stream().map(figure::applyAsDouble).toList()).percent();
  }
}

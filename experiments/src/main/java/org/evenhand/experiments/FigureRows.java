package org.evenhand.experiments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of a table in Markdown: a method and the mean ± deviation of its figures. */
final class FigureRows {
  static final String HEADING =
      """
      | | average group | worst group | Model Bias | noise floor | overall |
      |---|---|---|---|---|---|
      """;

  private static final List<ToDoubleFunction<ErasureFigures>> CELLS =
      List.of(
          figures -> figures.groups().average(),
          figures -> figures.groups().worst(),
          figures -> figures.groups().modelBias(),
          ErasureFigures::noiseFloor,
          figures -> figures.groups().overall());

  private FigureRows() {}

  /**
   * What one method gave in those repetitions that have it.
   *
   * @param repetitions figures by method
   */
  static List<ErasureFigures> of(String method, Stream<Map<String, ErasureFigures>> repetitions) {
    return repetitions
        .flatMap(byMethod -> Optional.ofNullable(byMethod.get(method)).stream())
        .toList();
  }

  /**
   * @param repetitions the method's figures
   */
  static String row(String method, List<ErasureFigures> repetitions) {
    return row(method, repetitions, Stream.of());
  }

  /**
   * @param repetitions the method's figures
   * @param further cells of columns beside those of {@link #HEADING}
   */
  static String row(String method, List<ErasureFigures> repetitions, Stream<String> further) {
    Stream<String> cells =
        Stream.concat(CELLS.stream().map(cell -> cell(repetitions, cell)), further);
    return Stream.concat(Stream.of(method), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String cell(
      List<ErasureFigures> repetitions, ToDoubleFunction<ErasureFigures> figure) {
    return Summary.of(repetitions.stream().map(figure::applyAsDouble).toList()).percent();
  }
}

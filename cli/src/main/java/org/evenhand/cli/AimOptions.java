package org.evenhand.cli;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.repair.Aim;
import org.evenhand.repair.RepairException;
import org.evenhand.terminal.Under;
import picocli.CommandLine.Option;

/** What a repair is for. */
@Under(Heading.GOAL)
final class AimOptions {
  @Option(
      names = "--lower",
      paramLabel = "FIGURE",
      description =
          "The aim: lower model-bias, largest-gap or counterfactual-bias (default model-bias; for unlearn counterfactual-bias). A search for counterfactual-bias needs --flip. Repeatable.")
  private List<String> lower = new ArrayList<>();

  @Option(
      names = "--raise",
      paramLabel = "FIGURE",
      description = "The aim: raise worst-group or average-group accuracy. Repeatable.")
  private List<String> raise = new ArrayList<>();

  /**
   * The aims that are named.
   *
   * @param otherwise the aim if none is
   */
  List<Aim> aims(Aim otherwise) {
    List<Aim> aims = new ArrayList<>();
    lower.forEach(figure -> aims.add(Aim.of(figure, false)));
    raise.forEach(figure -> aims.add(Aim.of(figure, true)));
    return aims.isEmpty() ? List.of(otherwise) : aims;
  }

  /** The one aim of a search, by default to lower Model Bias. */
  Aim ofSearch() {
    List<Aim> aims = aims(Aim.MODEL_BIAS);
    if (aims.size() != 1) {
      throw new RepairException(
          "A search is for one thing, but %d are named; name one.".formatted(aims.size()));
    }
    return aims.get(0);
  }
}

package org.evenhand.onnx;

import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.NamedClasses;
import org.evenhand.core.Setting;

/**
 * Finds out what a label output says for each class: the class's name or its position.
 *
 * @param name the output's name
 * @param probe what it says about the probe rows
 */
record LabelDiscovery(String name, OutputValues.Labels probe) {
  /**
   * @param named the classes
   * @param probabilities of the probe rows; empty if the model has none
   */
  LabelOutput label(NamedClasses named, double[] probabilities) {
    if (probe.type() == ElementType.STRING && named.source() == NamedClasses.Source.NUMBERS) {
      throw new OnnxException(
          "The model's output '%s' names classes that the file does not list in order; name them."
              .formatted(name),
          Setting.CLASSES);
    }
    boolean namedByModel = named.source() == NamedClasses.Source.MODEL;
    return new LabelOutput(
        name,
        probe.type(),
        probe.rank(),
        values(named.classes().names(), namedByModel, probabilities));
  }

  private List<String> values(List<String> names, boolean namedByModel, double[] probabilities) {
    if (probe.type() == ElementType.STRING) {
      return names;
    }
    List<String> positions = LabelOutput.numbers(names.size());
    if (probe.type() == ElementType.BOOL) {
      return positions;
    }
    List<String> fromOne =
        IntStream.rangeClosed(1, names.size()).mapToObj(String::valueOf).toList();
    if (!namedByModel && !explains(positions, probabilities) && explains(fromOne, probabilities)) {
      return fromOne;
    }
    boolean integerNames = names.stream().allMatch(text -> text.matches("-?\\d{1,18}"));
    // Names that the user gave may be whole numbers and yet not what the model says.
    boolean namesAreSaid = integerNames && (namedByModel || !explains(positions, probabilities));
    return namesAreSaid ? names : positions;
  }

  private boolean explains(List<String> values, double[] probabilities) {
    int[] decisions = DecisionRule.MOST_PROBABLE.decide(probabilities, values.size());
    return decisions.length > 0
        && IntStream.range(0, decisions.length)
            .allMatch(row -> values.get(decisions[row]).equals(probe.values().get(row)));
  }
}

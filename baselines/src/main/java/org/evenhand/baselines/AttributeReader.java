package org.evenhand.baselines;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Column;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.core.TextColumn;

/**
 * Reads a protected attribute from its own column: a network that answers 1 for the value that a
 * row has and 0 for every other. Its last output is 1 for a value that the attribute does not have,
 * a missing one among them.
 *
 * <p>It is made of the parts of any patch, so that it is exported like one. Texts are one-hot
 * encoded. A number v has a tent around it, −|x−v|, that is above the last output's level within a
 * quarter of the smallest distance between two values.
 */
public final class AttributeReader {
  /** Half of the distance between logits: e^−100 is 0 beside 1 in 64 bits. */
  private static final float LEVEL = 100;

  private AttributeReader() {}

  /**
   * Whether rows have a column of an attribute's name, so that a method can read it when it serves.
   *
   * @param inputs the rows
   * @param attribute its name
   */
  public static boolean canRead(Table inputs, String attribute) {
    return inputs
        .find(attribute)
        .filter(column -> column instanceof TextColumn || column instanceof NumericColumn)
        .isPresent();
  }

  /**
   * The reader of an attribute, with |B| + 1 outputs.
   *
   * @param attribute whose value is certain or unknown in each row
   * @param inputs the same rows
   * @throws BaselinesException if the rows lack the column or it says other values than the
   *     attribute
   */
  static PatchNetwork of(Attribute attribute, Table inputs) {
    if (attribute.probabilities().isPresent()) {
      throw new BaselinesException(
          "Attribute '%s' is known by probabilities only, but this method reads its value when it serves; take a method that does not."
              .formatted(attribute.name()));
    }
    Column column =
        inputs
            .find(attribute.name())
            .orElseThrow(
                () ->
                    new BaselinesException(
                        "This method reads attribute '%s' when it serves, but the columns that it may read have none of that name: %s."
                            .formatted(attribute.name(), String.join(", ", inputs.names()))));
    PatchNetwork reader =
        column instanceof TextColumn
            ? ofTexts(attribute)
            : numbers(attribute)
                .filter(values -> column instanceof NumericColumn)
                .map(values -> ofNumbers(attribute.name(), values))
                .orElseThrow(() -> otherValues(attribute));
    requireSame(attribute, reader.logProbabilities(inputs));
    return reader;
  }

  /** The column that a reader needs when it serves. */
  static InputColumn column(PatchNetwork reader) {
    FeatureEncoder read = reader.encoder().features().get(0);
    return new InputColumn(
        read.column(),
        read instanceof FeatureEncoder.OneHot ? InputColumn.Kind.TEXT : InputColumn.Kind.NUMBER);
  }

  private static PatchNetwork ofTexts(Attribute attribute) {
    int size = attribute.size();
    float[] weights = new float[(size + 1) * size];
    for (int value = 0; value < size; value++) {
      weights[value * size + value] = 2 * LEVEL;
    }
    return new PatchNetwork(
        new TableEncoder(List.of(new FeatureEncoder.OneHot(attribute.name(), attribute.values()))),
        List.of(new DenseLayer(size, size + 1, weights, unknownAt(size, 0))));
  }

  private static PatchNetwork ofNumbers(String name, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double least = sorted[0];
    double gap =
        IntStream.range(1, sorted.length)
            .mapToDouble(i -> sorted[i] - sorted[i - 1])
            .min()
            .orElse(1);
    // A missing number is encoded as the mean, which therefore is none of the values.
    FeatureEncoder.Standardized encoder =
        new FeatureEncoder.Standardized(name, (float) (least - gap), (float) (1 / gap));
    int size = values.length;
    float[] sides = new float[2 * size];
    float[] shifts = new float[2 * size];
    float[] tents = new float[(size + 1) * 2 * size];
    for (int value = 0; value < size; value++) {
      float at = ((float) values[value] - encoder.mean()) * encoder.scale();
      sides[2 * value] = 1;
      shifts[2 * value] = -at;
      sides[2 * value + 1] = -1;
      shifts[2 * value + 1] = at;
      tents[value * 2 * size + 2 * value] = -4 * LEVEL;
      tents[value * 2 * size + 2 * value + 1] = -4 * LEVEL;
    }
    return new PatchNetwork(
        new TableEncoder(List.of(encoder)),
        List.of(
            new DenseLayer(1, 2 * size, sides, shifts),
            new DenseLayer(2 * size, size + 1, tents, unknownAt(size, 2 * LEVEL))));
  }

  private static float[] unknownAt(int size, float others) {
    float[] bias = new float[size + 1];
    Arrays.fill(bias, others);
    bias[size] = LEVEL;
    return bias;
  }

  private static Optional<double[]> numbers(Attribute attribute) {
    try {
      return Optional.of(attribute.values().stream().mapToDouble(Double::parseDouble).toArray());
    } catch (NumberFormatException notNumbers) {
      return Optional.empty();
    }
  }

  private static void requireSame(Attribute attribute, double[] logs) {
    int outputs = attribute.size() + 1;
    for (int row = 0; row < attribute.codes().length; row++) {
      int code = attribute.codes()[row];
      if (code != Attribute.UNKNOWN && logs[row * outputs + code] < -1e-9) {
        throw otherValues(attribute);
      }
    }
  }

  private static BaselinesException otherValues(Attribute attribute) {
    return new BaselinesException(
        "Column '%s' does not hold the values of the attribute of that name (%s), so it cannot be read when the model serves; give the attribute as a column of its own."
            .formatted(attribute.name(), String.join(", ", attribute.values())));
  }
}

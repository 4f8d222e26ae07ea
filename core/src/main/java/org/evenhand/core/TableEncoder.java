package org.evenhand.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How a table becomes network inputs: the encoders' outputs side by side, numbers first.
 *
 * @param features one per column; all {@link FeatureEncoder.Standardized} before all {@link
 *     FeatureEncoder.OneHot}
 */
public record TableEncoder(List<FeatureEncoder> features) {
  /**
   * @throws CoreException if a number follows a text
   */
  public TableEncoder {
    features = List.copyOf(features);
    boolean textSeen = false;
    for (FeatureEncoder feature : features) {
      boolean text = feature instanceof FeatureEncoder.OneHot;
      if (textSeen && !text) {
        throw new CoreException(
            "Column '%s' is a number but follows a text; encoders list numbers first."
                .formatted(feature.column()));
      }
      textSeen = text;
    }
  }

  /**
   * An encoder for tables like this one: numbers are standardised by its mean and standard
   * deviation, texts one-hot encoded by its categories in alphabetical order, whatever the order of
   * its rows.
   *
   * @param table the rows to learn from, numbers and text
   * @throws CoreException if a column holds tensors
   */
  public static TableEncoder fit(Table table) {
    List<FeatureEncoder> numbers = new ArrayList<>();
    List<FeatureEncoder> texts = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column instanceof NumericColumn number) {
        numbers.add(standardized(number));
      } else if (column instanceof TextColumn text) {
        TreeSet<String> seen = new TreeSet<>();
        for (int code : text.codes()) {
          seen.add(text.dictionary().get(code));
        }
        texts.add(new FeatureEncoder.OneHot(text.name(), List.copyOf(seen)));
      } else {
        throw new CoreException(
            "Column '%s' holds tensors, which a network for tables cannot read; leave it out, or train a network for images."
                .formatted(column.name()));
      }
    }
    numbers.addAll(texts);
    return new TableEncoder(numbers);
  }

  private static FeatureEncoder standardized(NumericColumn column) {
    double sum = 0;
    double squares = 0;
    int present = 0;
    for (double value : column.values()) {
      if (!Double.isNaN(value)) {
        sum += value;
        present++;
      }
    }
    double mean = present == 0 ? 0 : sum / present;
    for (double value : column.values()) {
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    double deviation = present == 0 ? 0 : Math.sqrt(squares / present);
    // A spread that 32-bit values cannot resolve would only magnify their rounding.
    double resolution = Math.max(Float.MIN_NORMAL, Math.ulp((float) mean));
    return new FeatureEncoder.Standardized(
        column.name(), (float) mean, deviation > resolution ? (float) (1 / deviation) : 1f);
  }

  /** The number of network inputs. */
  public int width() {
    return features.stream().mapToInt(FeatureEncoder::width).sum();
  }

  /** The number of numeric columns, which are the first inputs. */
  public int numbers() {
    return (int) features.stream().filter(FeatureEncoder.Standardized.class::isInstance).count();
  }

  /**
   * Network inputs of every row, in sparse form.
   *
   * @param numberColumns how many columns are numbers; their inputs are the first
   * @param textColumns how many columns are texts
   * @param numbers rows × numberColumns, row-major
   * @param hot rows × textColumns, row-major: the index of the network input that is 1, or −1 for
   *     an unknown category
   */
  public record Encoded(int numberColumns, int textColumns, float[] numbers, int[] hot) {}

  /**
   * Encodes a table.
   *
   * @param table has every column of this encoder, of the same kind; further columns are ignored
   * @throws CoreException if a column is missing or of the other kind, or a number is too large for
   *     32 bits
   */
  public Encoded encode(Table table) {
    int rows = table.rows();
    int numberCount = numbers();
    int textCount = features.size() - numberCount;
    float[] numbers = new float[rows * numberCount];
    int[] hot = new int[rows * textCount];
    int offset = numberCount;
    for (int j = 0; j < features.size(); j++) {
      Column column = table.column(features.get(j).column());
      if (features.get(j) instanceof FeatureEncoder.Standardized standardized
          && column instanceof NumericColumn number) {
        encodeNumbers(standardized, number, numbers, j, numberCount);
      } else if (features.get(j) instanceof FeatureEncoder.OneHot oneHot
          && column instanceof TextColumn text) {
        encodeTexts(oneHot, text, offset, hot, j - numberCount, textCount);
        offset += oneHot.width();
      } else {
        throw new CoreException(
            "Column '%s' held %s in training, but holds %s here."
                .formatted(
                    column.name(),
                    features.get(j) instanceof FeatureEncoder.OneHot
                        ? InputColumn.Kind.TEXT
                        : InputColumn.Kind.NUMBER,
                    InputColumn.Kind.of(column)));
      }
    }
    return new Encoded(numberCount, textCount, numbers, hot);
  }

  private static void encodeNumbers(
      FeatureEncoder.Standardized feature, NumericColumn column, float[] out, int at, int stride) {
    double[] values = column.values();
    for (int row = 0; row < values.length; row++) {
      float value = (float) values[row];
      if (Float.isInfinite(value)) {
        throw new CoreException(
            "Column '%s' is %s in row %d, too large for a 32-bit network; mark it as missing."
                .formatted(column.name(), values[row], row));
      }
      out[row * stride + at] = Float.isNaN(value) ? 0 : (value - feature.mean()) * feature.scale();
    }
  }

  private static void encodeTexts(
      FeatureEncoder.OneHot feature, TextColumn column, int offset, int[] out, int at, int stride) {
    Map<String, Integer> index = new HashMap<>();
    for (String category : feature.categories()) {
      index.put(category, offset + index.size());
    }
    int[] inputOf =
        column.dictionary().stream().mapToInt(text -> index.getOrDefault(text, -1)).toArray();
    for (int row = 0; row < column.rows(); row++) {
      out[row * stride + at] = inputOf[column.codes()[row]];
    }
  }
}

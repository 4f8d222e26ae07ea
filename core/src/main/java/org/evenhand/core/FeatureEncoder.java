package org.evenhand.core;

import java.util.List;

/** How one input column becomes network inputs. */
public sealed interface FeatureEncoder {
  /** The column's name. */
  String column();

  /** How many network inputs the column becomes. */
  int width();

  /**
   * A number, centred and scaled: {@code (value - mean) * scale}; a missing number becomes 0, the
   * mean.
   *
   * @param column the column's name
   * @param mean subtracted, a 32-bit value so that an exported network computes the same
   * @param scale multiplied, positive, a 32-bit value
   */
  record Standardized(String column, float mean, float scale) implements FeatureEncoder {
    @Override
    public int width() {
      return 1;
    }
  }

  /**
   * A text, one input a known category; an unknown one becomes all zeros.
   *
   * @param column the column's name
   * @param categories the known categories
   */
  record OneHot(String column, List<String> categories) implements FeatureEncoder {
    /** Copies the categories. */
    public OneHot {
      categories = List.copyOf(categories);
    }

    @Override
    public int width() {
      return categories.size();
    }
  }
}

package org.evenhand.images;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How much every pixel of an image counts.
 *
 * @param height in pixels
 * @param width in pixels
 * @param values height × width, row-major, none below 0; 0 where a pixel counts for nothing
 */
public record Heatmap(int height, int width, float[] values) {
  /** How much of its picture the hottest pixel's colour hides, so that it can still be seen. */
  private static final float COVER = 0.75f;

  private static final int[] HOT = {200, 40, 0};

  private static final int PAPER = 255;

  /** Pixels of a picture's longer side at most. */
  private static final int SIDE = 192;

  /**
   * A place in an image.
   *
   * @param across from the left edge, 0, to the right one, 1
   * @param down from the upper edge, 0, to the lower one, 1
   */
  public record Place(double across, double down) {
    /** In words: {@code upper left}, {@code middle}, … */
    public String words() {
      String row = word(down, "upper", "", "lower");
      String column = word(across, "left", "", "right");
      return row.isEmpty() && column.isEmpty() ? "middle" : (row + " " + column).strip();
    }

    private static String word(double at, String first, String second, String third) {
      if (at < 1.0 / 3) {
        return first;
      }
      return at > 2.0 / 3 ? third : second;
    }
  }

  /**
   * The mean of several.
   *
   * @param maps of the same size, at least one
   */
  public static Heatmap mean(List<Heatmap> maps) {
    Heatmap first = maps.get(0);
    float[] mean = new float[first.values.length];
    for (Heatmap map : maps) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += map.values[i] / maps.size();
      }
    }
    return new Heatmap(first.height, first.width, mean);
  }

  /**
   * The same over more or fewer pixels, with linear steps from one to the next.
   *
   * @param toHeight in pixels
   * @param toWidth in pixels
   */
  public Heatmap resized(int toHeight, int toWidth) {
    float[] wide = new float[height * toWidth];
    Resampling.of(0, width, toWidth).rows(values, width, height, wide);
    Resampling down = Resampling.of(0, height, toHeight);
    float[] resized = new float[toHeight * toWidth];
    for (int i = 0; i < resized.length; i++) {
      resized[i] = down.at(wide, toWidth, i % toWidth, i / toWidth);
    }
    return new Heatmap(toHeight, toWidth, resized);
  }

  /** The value of the hottest pixel. */
  public double largest() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /** Where it is hottest: the middle of all pixels that are; empty if there is no heat. */
  public Optional<Place> hottest() {
    double largest = largest();
    if (largest == 0) {
      return Optional.empty();
    }
    double across = 0;
    double down = 0;
    int pixels = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == largest) {
        across += (i % width + 0.5) / width;
        int row = i / width;
        down += (row + 0.5) / height;
        pixels++;
      }
    }
    return Optional.of(new Place(across / pixels, down / pixels));
  }

  /** The share of all heat that lies where a mask is set; 0 if there is no heat. */
  public double shareIn(boolean[] mask) {
    double inside = 0;
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      all += values[i];
      inside += mask[i] ? values[i] : 0;
    }
    return all > 0 ? inside / all : 0;
  }

  /**
   * The share of the hottest pixels that lie where a mask is set: of a coarse map many are as hot.
   * 0 if there is no heat.
   */
  public double hottestShareIn(boolean[] mask) {
    double largest = largest();
    float[] hottest = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      hottest[i] = largest > 0 && values[i] == largest ? 1 : 0;
    }
    return new Heatmap(height, width, hottest).shareIn(mask);
  }

  /** The heat alone, on white (PNG), at most 192 pixels a side. */
  public byte[] png() {
    float[] paper = new float[values.length];
    Arrays.fill(paper, PAPER);
    return over(paper);
  }

  /**
   * The heat over an image, which is shown in grey (PNG), at most 192 pixels a side.
   *
   * @param numbers the image's, as a model reads them
   * @param how they were prepared, to this map's size
   */
  public byte[] over(float[] numbers, Preprocessing how) {
    return over(how.greys(numbers));
  }

  private byte[] over(float[] greys) {
    int longer = Math.max(height, width);
    if (longer > SIDE) {
      int toHeight = Math.max(1, height * SIDE / longer);
      int toWidth = Math.max(1, width * SIDE / longer);
      Heatmap image = new Heatmap(height, width, greys).resized(toHeight, toWidth);
      return resized(toHeight, toWidth).over(image.values);
    }
    double largest = largest();
    int[] colours = new int[values.length];
    for (int i = 0; i < colours.length; i++) {
      double cover = largest > 0 ? COVER * values[i] / largest : 0;
      int colour = 0;
      for (int hot : HOT) {
        colour = colour << 8 | (int) Math.round(cover * hot + (1 - cover) * greys[i]);
      }
      colours[i] = colour;
    }
    return Png.of(width, height, colours);
  }
}

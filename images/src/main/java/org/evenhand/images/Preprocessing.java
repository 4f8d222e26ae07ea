package org.evenhand.images;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Setting;
import org.evenhand.data.DataException;

/**
 * How a decoded image becomes the numbers that a network reads: cropped, resized, its channels put
 * in order, and scaled. {@link #text} is kept beside a network so that it is fed in the same way
 * wherever it is served.
 *
 * <pre>{@code
 * Preprocessing how = Preprocessing.of(model.inputs().get(0), Preprocessing.Scale.BYTES);
 * assert Preprocessing.parse(how.text()).equals(how);
 * }</pre>
 *
 * @param width in pixels, after resizing
 * @param height in pixels, after resizing
 * @param crop what is resized
 * @param channels of a pixel
 * @param layout of the numbers
 * @param scale from pixels to numbers
 * @param whole whether numbers are rounded to whole ones, for models that read pixels as bytes
 */
public record Preprocessing(
    int width,
    int height,
    Crop crop,
    Channels channels,
    Layout layout,
    Scale scale,
    boolean whole) {
  /** What part of an image is resized to the width and height. */
  public enum Crop {
    /** All of it; it is stretched if its proportions are others. */
    NONE,
    /** The largest part around its centre that has the proportions wanted. */
    CENTRE
  }

  /** The channels of a pixel. */
  public enum Channels {
    /** Red, green, blue; a grey image has three equal ones. */
    RGB(3),
    /** Luminance: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
    GREY(1);

    private final int count;

    Channels(int count) {
      this.count = count;
    }

    /** How many there are. */
    public int count() {
      return count;
    }
  }

  /** The order of an image's numbers. */
  public enum Layout {
    /** Channel by channel: shape [C,H,W] a row. */
    NCHW,
    /** Pixel by pixel: shape [H,W,C] a row. */
    NHWC
  }

  /**
   * From pixels to numbers: {@code (value − mean) / deviation}, where value is in 0…255.
   *
   * @param mean one a channel, or one for all
   * @param deviation one a channel, or one for all; not zero
   */
  public record Scale(List<Float> mean, List<Float> deviation) {
    /** 0…255 as it is. */
    public static final Scale BYTES = new Scale(List.of(0f), List.of(1f));

    /** 0…1. */
    public static final Scale UNIT = new Scale(List.of(0f), List.of(255f));

    /** Standardised by the means and deviations of ImageNet's channels. */
    public static final Scale IMAGENET =
        new Scale(List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f));

    /**
     * @throws DataException if the numbers of means and deviations differ or a deviation is zero
     */
    public Scale {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
      if (mean.isEmpty() || mean.size() != deviation.size() || deviation.contains(0f)) {
        throw new DataException(
            "Pixels are scaled by means %s and deviations %s; expected as many of one as of the other, and no deviation of 0."
                .formatted(mean, deviation));
      }
    }
  }

  /**
   * @throws DataException if the size is not positive, the scale is for another number of channels,
   *     or pixels are scaled of which whole numbers are wanted
   */
  public Preprocessing {
    if (whole && !scale.equals(Scale.BYTES)) {
      throw new DataException(
          "The model reads pixels as whole numbers from 0 to 255, so they cannot be scaled by means %s and deviations %s; leave them as they are."
              .formatted(scale.mean(), scale.deviation()),
          Setting.IMAGE_SCALE);
    }
    if (width < 1 || height < 1) {
      throw new DataException(
          "Images cannot be resized to %d × %d pixels; both must be positive."
              .formatted(width, height));
    }
    if (scale.mean().size() != 1 && scale.mean().size() != channels.count()) {
      throw new DataException(
          "Pixels have %d channels, but there are %d means to scale them by; give one a channel, or one for all."
              .formatted(channels.count(), scale.mean().size()));
    }
  }

  /**
   * Numbers that are not rounded.
   *
   * @param width in pixels, after resizing
   * @param height in pixels, after resizing
   * @param crop what is resized
   * @param channels of a pixel
   * @param layout of the numbers
   * @param scale from pixels to numbers
   * @throws DataException if the size is not positive, or the scale is for another number of
   *     channels
   */
  public Preprocessing(
      int width, int height, Crop crop, Channels channels, Layout layout, Scale scale) {
    this(width, height, crop, channels, layout, scale, false);
  }

  /**
   * What a model's input asks for, by its shape: [3,H,W], [H,W,3], [1,H,W] or [H,W,1]. Nothing is
   * cropped; numbers are rounded if it takes whole ones only.
   *
   * @param input an input that takes tensors
   * @param scale from pixels to numbers, which no shape tells
   * @throws DataException if it takes no images of a fixed size, or whole numbers of pixels that
   *     are scaled
   */
  public static Preprocessing of(InputColumn input, Scale scale) {
    List<Integer> shape = input.shape();
    if (shape.size() == 3 && !shape.contains(InputColumn.OPEN)) {
      for (Channels channels : Channels.values()) {
        if (shape.get(0) == channels.count()) {
          return new Preprocessing(
              shape.get(2), shape.get(1), Crop.NONE, channels, Layout.NCHW, scale, input.whole());
        }
        if (shape.get(2) == channels.count()) {
          return new Preprocessing(
              shape.get(1), shape.get(0), Crop.NONE, channels, Layout.NHWC, scale, input.whole());
        }
      }
    }
    throw new DataException(
        "The model's input '%s' takes tensors of shape %s; images fill shapes [3,H,W], [1,H,W], [H,W,3] and [H,W,1] of a fixed height and width."
            .formatted(input.name(), shape));
  }

  /**
   * The same with other numbers.
   *
   * @param other from pixels to numbers
   * @throws DataException if that scale is for another number of channels
   */
  public Preprocessing withScale(Scale other) {
    return new Preprocessing(width, height, crop, channels, layout, other, whole);
  }

  /**
   * The same with numbers rounded to whole ones.
   *
   * @throws DataException if pixels are scaled
   */
  public Preprocessing inWholeNumbers() {
    return new Preprocessing(width, height, crop, channels, layout, scale, true);
  }

  /** The shape of one image's numbers. */
  public List<Integer> shape() {
    return layout == Layout.NCHW
        ? List.of(channels.count(), height, width)
        : List.of(height, width, channels.count());
  }

  /** One line that {@link #parse} reads. */
  public String text() {
    return "size=%dx%d crop=%s channels=%s layout=%s mean=%s deviation=%s%s"
        .formatted(
            width,
            height,
            crop.name().toLowerCase(Locale.ROOT),
            channels,
            layout,
            joined(scale.mean()),
            joined(scale.deviation()),
            whole ? " numbers=whole" : "");
  }

  private static String joined(List<Float> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * The preprocessing that {@link #text} wrote.
   *
   * @param text one line
   * @throws DataException if it is not such a line
   */
  public static Preprocessing parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String part : text.strip().split(" +", -1)) {
      String[] sides = part.split("=", 2);
      values.put(sides[0], sides[sides.length - 1]);
    }
    try {
      String[] size = values.getOrDefault("size", "").split("x", -1);
      return new Preprocessing(
          Integer.parseInt(size[0]),
          Integer.parseInt(size[1]),
          Crop.valueOf(values.getOrDefault("crop", "").toUpperCase(Locale.ROOT)),
          Channels.valueOf(values.getOrDefault("channels", "")),
          Layout.valueOf(values.getOrDefault("layout", "")),
          new Scale(numbers(values, "mean"), numbers(values, "deviation")),
          "whole".equals(values.get("numbers")));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new DataException(
          "'%s' does not say how images are prepared; expected a line such as '%s'."
              .formatted(
                  text,
                  new Preprocessing(224, 224, Crop.NONE, Channels.RGB, Layout.NCHW, Scale.IMAGENET)
                      .text()),
          e);
    }
  }

  private static List<Float> numbers(Map<String, String> values, String key) {
    return Arrays.stream(values.getOrDefault(key, "").split(",")).map(Float::valueOf).toList();
  }

  /** Writes an image's numbers, in the order of {@link #shape}. */
  void apply(Pixels image, float[] into, int offset) {
    int[] part = part(image);
    Resampling across = Resampling.of(part[0], part[2], width);
    Resampling down = Resampling.of(part[1], part[3], height);
    float[] narrowed = new float[image.height() * width];
    float[] values = new float[image.height() * image.width()];
    for (int c = 0; c < channels.count(); c++) {
      float mean = mean(c);
      float deviation = deviation(c);
      channel(image, c, values);
      across.rows(values, image.width(), image.height(), narrowed);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float value = down.at(narrowed, width, x, y);
          float number = (value - mean) / deviation;
          into[offset + place(c, y, x)] =
              whole ? Math.min(255, Math.max(0, Math.round(number))) : number;
        }
      }
    }
  }

  /**
   * An image's brightness: every pixel the mean of its channels, back from numbers to 0…255.
   *
   * @param numbers in the order of {@link #shape}
   * @return height × width, row-major
   */
  float[] greys(float[] numbers) {
    float[] greys = new float[height * width];
    for (int i = 0; i < greys.length; i++) {
      float sum = 0;
      for (int c = 0; c < channels.count(); c++) {
        sum += numbers[place(c, i / width, i % width)] * deviation(c) + mean(c);
      }
      greys[i] = Math.min(255, Math.max(0, sum / channels.count()));
    }
    return greys;
  }

  private float mean(int channel) {
    return scale.mean().get(scale.mean().size() == 1 ? 0 : channel);
  }

  private float deviation(int channel) {
    return scale.deviation().get(scale.mean().size() == 1 ? 0 : channel);
  }

  /** Where a number of an image stands. */
  int place(int c, int y, int x) {
    return layout == Layout.NCHW
        ? (c * height + y) * width + x
        : (y * width + x) * channels.count() + c;
  }

  /** Left, top, width and height of what is resized. */
  private int[] part(Pixels image) {
    int partWidth = image.width();
    int partHeight = image.height();
    if (crop == Crop.CENTRE) {
      partWidth =
          (int) Math.max(1, Math.min(partWidth, Math.round((double) partHeight * width / height)));
      partHeight =
          (int)
              Math.max(
                  1, Math.min(partHeight, Math.round((double) image.width() * height / width)));
    }
    return new int[] {
      (image.width() - partWidth) / 2, (image.height() - partHeight) / 2, partWidth, partHeight
    };
  }

  private void channel(Pixels image, int c, float[] into) {
    byte[] samples = image.values();
    for (int i = 0; i < into.length; i++) {
      if (image.channels() == 1) {
        into[i] = samples[i] & 0xff;
      } else if (channels == Channels.RGB) {
        into[i] = samples[3 * i + c] & 0xff;
      } else {
        into[i] =
            0.299f * (samples[3 * i] & 0xff)
                + 0.587f * (samples[3 * i + 1] & 0xff)
                + 0.114f * (samples[3 * i + 2] & 0xff);
      }
    }
  }
}

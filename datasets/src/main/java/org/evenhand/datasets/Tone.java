package org.evenhand.datasets;

/** Brightness and contrast; nothing is drawn. */
final class Tone {
  private static final double[] LIGHTER = {.1, .2, .3, .4, .5};
  private static final double[] KEPT = {.4, .3, .2, .1, .05};

  private Tone() {}

  /**
   * Raises the value of hue, saturation and value. With the others as they are, red, green and blue
   * change in proportion to it; black, which has none of them, becomes grey.
   */
  static void brighten(Picture picture, int severity) {
    float[] values = picture.values();
    int pixels = picture.pixels();
    for (int pixel = 0; pixel < pixels; pixel++) {
      double value = 0;
      for (int i = pixel; i < values.length; i += pixels) {
        value = Math.max(value, values[i]);
      }
      double raised = Math.min(1, value + LIGHTER[severity]);
      for (int i = pixel; i < values.length; i += pixels) {
        values[i] = (float) (value == 0 ? raised : values[i] * raised / value);
      }
    }
  }

  static void flatten(Picture picture, int severity) {
    picture.replaceChannels(
        channel -> {
          float[] values = channel.values();
          double sum = 0;
          for (float value : values) {
            sum += value;
          }
          double mean = sum / values.length;
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + KEPT[severity] * (values[i] - mean));
          }
          return channel;
        });
  }
}

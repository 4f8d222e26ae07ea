package org.evenhand.images;

import org.evenhand.data.DataException;

/** Small pictures of a pack's images, as their files show them. */
public final class Thumbnail {
  private Thumbnail() {}

  /**
   * An image made so small that neither side is longer than wanted; a smaller one stays as it is.
   *
   * @param pack open, and holding the image
   * @param name one of its names
   * @param side in pixels, at least 1
   * @return a PNG file
   * @throws DataException if the image cannot be decoded
   */
  public static byte[] png(ImagePack pack, String name, int side) {
    Pixels pixels = ImageTable.decode(pack, name);
    double scale = Math.min(1, (double) side / Math.max(pixels.width(), pixels.height()));
    int width = (int) Math.max(1, Math.round(scale * pixels.width()));
    int height = (int) Math.max(1, Math.round(scale * pixels.height()));
    float[] colours = new float[3 * width * height];
    new Preprocessing(
            width,
            height,
            Preprocessing.Crop.NONE,
            Preprocessing.Channels.RGB,
            Preprocessing.Layout.NHWC,
            Preprocessing.Scale.BYTES)
        .apply(pixels, colours, 0);
    int[] shown = new int[width * height];
    for (int i = 0; i < shown.length; i++) {
      int red = Math.round(colours[3 * i]);
      int green = Math.round(colours[3 * i + 1]);
      int blue = Math.round(colours[3 * i + 2]);
      shown[i] = red << 16 | green << 8 | blue;
    }
    return Png.of(width, height, shown);
  }
}

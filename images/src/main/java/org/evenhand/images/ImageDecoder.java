package org.evenhand.images;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG and PNG files. The samples are taken as they are stored: colour profiles and
 * orientation tags are ignored and an alpha channel is dropped, as training pipelines do.
 */
final class ImageDecoder {
  /** What an image of 67 million pixels of three bytes takes. */
  static final long MOST_BYTES = 3L << 26;

  /** The decoder fills what is missing with grey and says so in a warning only. */
  private static final Pattern LOSS =
      Pattern.compile("truncated|premature|bad huffman", Pattern.CASE_INSENSITIVE);

  private ImageDecoder() {}

  /**
   * @param file the bytes of the file
   * @throws IOException that says in a few words why it cannot be decoded
   */
  static Pixels decode(byte[] file) throws IOException {
    String format = format(file);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    List<String> losses = new ArrayList<>();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (LOSS.matcher(warning).find()) {
              losses.add(warning);
            }
          });
      requireDecodable(reader);
      BufferedImage image = reader.read(0);
      if (format.equals("jpeg") && image.getRaster().getNumBands() > 3) {
        throw cmyk();
      }
      if (!losses.isEmpty()) {
        throw new IOException("it is damaged: " + losses.get(0));
      }
      return pixels(image);
    } catch (IIOException e) {
      // The decoder of PNG files takes any failure for a bad file.
      if (e.getCause() instanceof OutOfMemoryError failure) {
        throw failure;
      }
      throw e;
    } catch (RuntimeException e) {
      // The decoders meet some damage with exceptions that are meant for programming errors.
      throw new IOException("it is damaged: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private static String format(byte[] file) throws IOException {
    if (file.length == 0) {
      throw new IOException("the file is empty");
    }
    if (startsWith(file, 0xff, 0xd8, 0xff)) {
      return "jpeg";
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return "png";
    }
    throw new IOException("it is neither JPEG nor PNG");
  }

  private static boolean startsWith(byte[] file, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (i == file.length || (file[i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static void requireDecodable(ImageReader reader) throws IOException {
    // The size stands at the start of a file, of which the rest may be damaged.
    requireFits(reader, 8 * 3);
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      throw cmyk();
    }
    requireFits(reader, Math.max(8 * 3, types.next().getColorModel().getPixelSize()));
  }

  private static void requireFits(ImageReader reader, int bits) throws IOException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MOST_BYTES / (bits / 8)) {
      throw new IOException(
          "it has %d × %d pixels of %d bits, more than the %d MiB that are allowed"
              .formatted(reader.getWidth(0), reader.getHeight(0), bits, MOST_BYTES >> 20));
    }
  }

  /** Four channels of a JPEG file are these; the decoder may take them for colour and alpha. */
  private static IOException cmyk() {
    return new IOException("its colours are CMYK or YCCK; convert it to RGB");
  }

  private static Pixels pixels(BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel) {
      return ofPalette(image);
    }
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int height = image.getHeight();
    int bands = raster.getNumBands();
    int channels = bands < 3 ? 1 : 3;
    int surplusBits = Math.max(0, image.getColorModel().getComponentSize(0) - Byte.SIZE);
    byte[] values = new byte[width * height * channels];
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          values[at++] = (byte) (row[x * bands + c] >> surplusBits);
        }
      }
    }
    return new Pixels(width, height, channels, values);
  }

  private static Pixels ofPalette(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] values = new byte[3 * colours.length];
    for (int i = 0; i < colours.length; i++) {
      values[3 * i] = (byte) (colours[i] >> 16);
      values[3 * i + 1] = (byte) (colours[i] >> 8);
      values[3 * i + 2] = (byte) colours[i];
    }
    return new Pixels(width, height, 3, values);
  }
}

package org.evenhand.images;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Images of a few pixels, encoded, and archives of them. */
final class TinyImages {
  private TinyImages() {}

  /** An image of one colour. */
  static BufferedImage plain(int width, int height, int type, Color colour) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.getRGB());
      }
    }
    return image;
  }

  static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] png(Color colour) {
    return encoded(plain(4, 4, BufferedImage.TYPE_INT_RGB, colour), "png");
  }

  static byte[] jpeg(Color colour) {
    return encoded(plain(16, 16, BufferedImage.TYPE_INT_RGB, colour), "jpeg");
  }

  /** Grey noise, which no encoder makes small. */
  static byte[] noise(String format, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, random.nextInt());
    }
    return encoded(image, format);
  }

  /** A JPEG file of four channels; Photoshop's mark says 0 for CMYK and 2 for YCCK. */
  static byte[] cmykJpeg(int transform) {
    byte[] unmarked = cmykJpeg();
    return ByteBuffer.allocate(unmarked.length + 16)
        .put(unmarked, 0, 2)
        .put(new byte[] {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100})
        .put(new byte[] {0, 0, 0, 0, (byte) transform})
        .put(unmarked, 2, unmarked.length - 2)
        .array();
  }

  /** The same without a mark. */
  static byte[] cmykJpeg() {
    WritableRaster raster = Raster.createInterleavedRaster(0, 8, 8, 4, null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The beginning of a PNG file, which says how large the image would be, and no pixels. */
  static byte[] pngHeader(int width, int height, int bitsPerChannel) {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    chunk.put(new byte[] {(byte) bitsPerChannel, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.array());
    CRC32 crcOfPixels = new CRC32();
    crcOfPixels.update("IDAT".getBytes(StandardCharsets.US_ASCII));
    return ByteBuffer.allocate(45)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
        .putInt(13)
        .put(chunk.array())
        .putInt((int) crc.getValue())
        .putInt(0)
        .put("IDAT".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) crcOfPixels.getValue())
        .array();
  }

  static Path folder(Path folder, Map<String, byte[]> files) {
    files.forEach(
        (name, bytes) -> {
          try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return folder;
  }

  static Path zip(Path path, Map<String, byte[]> files) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return path;
  }

  static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A tar archive with ustar headers. */
  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.forEach((name, bytes) -> out.writeBytes(tarEntry(name, '0', bytes)));
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  /** A header and the content, both padded to blocks. */
  static byte[] tarEntry(String name, char type, byte[] content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(content.length));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    byte[] entry = Arrays.copyOf(header, 512 + (content.length + 511) / 512 * 512);
    System.arraycopy(content, 0, entry, 512, content.length);
    return entry;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

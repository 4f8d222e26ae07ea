package org.evenhand.experiments;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.evenhand.core.AtomicFile;

/** Small pictures in rows, as one PNG file. */
final class ContactSheet {
  /** Of a small picture's longer side, in pixels. */
  private static final int SIDE = 112;

  private static final int GAP = 8;

  private ContactSheet() {}

  /**
   * Writes a sheet.
   *
   * @param rows of PNG files, each as many
   */
  static void write(List<List<byte[]>> rows, Path file) {
    int step = SIDE + GAP;
    BufferedImage sheet =
        new BufferedImage(
            step * rows.get(0).size() - GAP, step * rows.size() - GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    try {
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < rows.get(row).size(); column++) {
          BufferedImage picture = ImageIO.read(new ByteArrayInputStream(rows.get(row).get(column)));
          graphics.drawImage(picture, step * column, step * row, SIDE, SIDE, null);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      graphics.dispose();
    }
    AtomicFile.write(file, out -> ImageIO.write(sheet, "png", out));
  }
}

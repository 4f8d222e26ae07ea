package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.TableOptions;
import org.evenhand.data.Tables;
import org.evenhand.images.BadImages;
import org.evenhand.images.ImagePack;
import org.evenhand.images.ImageTable;
import org.evenhand.images.Preprocessing;

/**
 * A given pack of images with its labels.
 *
 * @param archive the images, a folder or an archive
 * @param labels one row per image
 * @param file the column of the images' names
 */
record FacePack(Path archive, Path labels, String file) {
  static FacePack of(Path data, String archive, String labels, String file) {
    Path images = data.resolve("images");
    return new FacePack(images.resolve(archive), images.resolve(labels), file);
  }

  /** The labels; every one of the named columns is read as text. */
  Table labels(String... columns) {
    Set<String> texts = new TreeSet<>(Set.of(columns));
    texts.add(file);
    return Tables.read(labels, TableOptions.defaults().withColumns(texts).withTextColumns(texts));
  }

  ImagePack open() {
    return ImagePack.open(archive);
  }

  /** The labels with a column of square images beside them. */
  Table withImages(Table rows, ImagePack pack, int side) {
    return ImageTable.of(rows, file, pack, ImageRows.IMAGE, preprocessing(side), BadImages.REFUSE)
        .table();
  }

  /** As the images of all tasks are prepared. */
  static Preprocessing preprocessing(int side) {
    return new Preprocessing(
        side,
        side,
        Preprocessing.Crop.NONE,
        Preprocessing.Channels.RGB,
        Preprocessing.Layout.NCHW,
        Preprocessing.Scale.UNIT);
  }

  static String[] values(Table table, String column) {
    TextColumn texts = (TextColumn) table.column(column);
    String[] values = new String[table.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = texts.value(row);
    }
    return values;
  }
}

package org.evenhand.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Column;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.images.ImagePack;

/**
 * The images of one division of a task, with one attribute, or with several and their crossing as
 * the last. They are there until this is closed.
 *
 * @param train what deployed models are trained on
 * @param calibration what erasers learn from
 * @param test what is measured on
 * @param pack what the images are read from; empty if they are made when they are read
 */
record ImageRows(
    LabelledSet train, LabelledSet calibration, LabelledSet test, Optional<ImagePack> pack)
    implements AutoCloseable {
  /** The column of images. */
  static final String IMAGE = "image";

  /** A set whose only input is the images. */
  static LabelledSet imagesOnly(LabelledSet set) {
    return new LabelledSet(
        set.inputs().only(List.of(IMAGE)), set.target(), set.attributes(), set.weights());
  }

  /** A set whose inputs tell its attributes too. */
  static LabelledSet withAttributes(LabelledSet set) {
    List<Column> columns = new ArrayList<>(set.inputs().columns());
    for (Attribute known : set.attributes()) {
      columns.add(new TextColumn(known.name(), known.values(), known.codes()));
    }
    return new LabelledSet(Table.of(columns), set.target(), set.attributes(), set.weights());
  }

  /**
   * Of some rows those of one group by the first attribute.
   *
   * @param rows their indices
   * @param target the code of the class
   * @param value the code of the value
   */
  static int[] group(LabelledSet set, IntStream rows, int target, int value) {
    int[] values = set.attributes().get(0).codes();
    return rows.filter(row -> set.target().codes()[row] == target && values[row] == value)
        .toArray();
  }

  /** The attributes that are erased: all but a crossing. */
  List<String> erased() {
    List<String> names = test.attributes().stream().map(Attribute::name).toList();
    return names.size() == 1 ? names : names.subList(0, names.size() - 1);
  }

  /** The attribute whose groups are averaged over: the only one, or the crossing. */
  String groupedBy() {
    return test.attributes().get(test.attributes().size() - 1).name();
  }

  @Override
  public void close() {
    pack.ifPresent(ImagePack::close);
  }
}

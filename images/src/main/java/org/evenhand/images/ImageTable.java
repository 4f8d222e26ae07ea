package org.evenhand.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.Column;
import org.evenhand.core.Progress;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.data.DataException;

/**
 * Labelled images.
 *
 * @param table the labels, with a column of images among them
 * @param warnings what was left out, one sentence each
 */
public record ImageTable(Table table, List<String> warnings) {
  private static final int EXAMPLES = 3;

  /** Copies the warnings. */
  public ImageTable {
    warnings = List.copyOf(warnings);
  }

  /**
   * Adds images to their labels. Every image is decoded once, on all cores, to see that it can be;
   * afterwards it is decoded again whenever it is read, so that none is held in memory.
   *
   * @param labels one row per image; rows may share an image
   * @param fileColumn the column of the images' names in the pack
   * @param pack the images; it must stay open as long as the table is read
   * @param name of the column of images; it takes the place of the column of names if that is
   *     called so
   * @param preprocessing what is done with a decoded image
   * @param badImages what becomes of images that cannot be decoded
   * @throws DataException if a row names no image of the pack, if an image cannot be decoded and
   *     that is refused, or if none can be
   * @throws org.evenhand.core.CoreException if there is no such column
   */
  public static ImageTable of(
      Table labels,
      String fileColumn,
      ImagePack pack,
      String name,
      Preprocessing preprocessing,
      BadImages badImages) {
    return of(labels, fileColumn, pack, name, preprocessing, badImages, Progress.NONE);
  }

  /**
   * The same, with somebody who watches.
   *
   * @param labels one row per image; rows may share an image
   * @param fileColumn the column of the images' names in the pack
   * @param pack the images; it must stay open as long as the table is read
   * @param name of the column of images
   * @param preprocessing what is done with a decoded image
   * @param badImages what becomes of images that cannot be decoded
   * @param progress told of every image that was decoded to see that it can be
   * @throws DataException if a row names no image of the pack, if an image cannot be decoded and
   *     that is refused, or if none can be
   * @throws org.evenhand.core.CoreException if there is no such column
   */
  public static ImageTable of(
      Table labels,
      String fileColumn,
      ImagePack pack,
      String name,
      Preprocessing preprocessing,
      BadImages badImages,
      Progress progress) {
    TextColumn files = files(labels, fileColumn);
    requireThere(files, pack);
    List<String> warnings = new ArrayList<>(unlabelled(files, pack));
    List<String> problems = problems(files, pack, progress);
    IntPredicate bad = row -> !problems.get(files.codes()[row]).isEmpty();
    int[] good = IntStream.range(0, labels.rows()).filter(bad.negate()).toArray();
    if (good.length < labels.rows()) {
      List<String> found = damaged(files, problems);
      if (badImages == BadImages.REFUSE || good.length == 0) {
        throw new DataException(
            "Of the images in %s %s; repair them, or leave them out."
                .formatted(pack.path(), cannotBeDecoded(found)),
            Setting.ON_BAD_IMAGE);
      }
      warnings.add(
          "of the images in %s %s; %d of %d rows were left out."
              .formatted(
                  pack.path(), cannotBeDecoded(found), labels.rows() - good.length, labels.rows()));
    }
    TensorColumn images =
        new TensorColumn(
            name,
            preprocessing.shape(),
            (index, into, offset) ->
                preprocessing.apply(decode(pack, files.dictionary().get(index)), into, offset),
            files.codes());
    return new ImageTable(with(labels, fileColumn, images).select(good), warnings);
  }

  private static TextColumn files(Table labels, String fileColumn) {
    if (labels.column(fileColumn) instanceof TextColumn files) {
      return files;
    }
    throw new DataException(
        "Column '%s' does not hold text, but expected were the names of the images' files."
            .formatted(fileColumn));
  }

  private static void requireThere(TextColumn files, ImagePack pack) {
    Set<String> names = pack.names();
    if (names.isEmpty()) {
      throw new DataException(
          "There is no image in %s: no file's name ends in .jpg, .jpeg or .png."
              .formatted(pack.path()));
    }
    int[] missing =
        IntStream.range(0, files.rows()).filter(row -> !names.contains(files.value(row))).toArray();
    if (missing.length > 0) {
      throw new DataException(
          "%d of %d rows name images that are not in %s: %s; the names of its images are such as '%s'."
              .formatted(
                  missing.length,
                  files.rows(),
                  pack.path(),
                  examples(missing.length, i -> "'" + files.value(missing[i]) + "'"),
                  pack.names().first()));
    }
  }

  private static String examples(int count, IntFunction<String> example) {
    return IntStream.range(0, Math.min(count, EXAMPLES))
            .mapToObj(example)
            .collect(Collectors.joining(", "))
        + (count > EXAMPLES ? ", …" : "");
  }

  private static List<String> unlabelled(TextColumn files, ImagePack pack) {
    Set<String> labelled =
        Arrays.stream(files.codes()).mapToObj(files.dictionary()::get).collect(Collectors.toSet());
    List<String> others = pack.names().stream().filter(name -> !labelled.contains(name)).toList();
    return others.isEmpty()
        ? List.of()
        : List.of(
            "%d of %d images in %s have no labels and were left out: %s."
                .formatted(
                    others.size(),
                    pack.names().size(),
                    pack.path(),
                    examples(others.size(), i -> "'" + others.get(i) + "'")));
  }

  /** For every text of the dictionary why its image cannot be decoded; empty if it can. */
  private static List<String> problems(TextColumn files, ImagePack pack, Progress progress) {
    Set<Integer> used = Arrays.stream(files.codes()).boxed().collect(Collectors.toSet());
    AtomicLong done = new AtomicLong();
    return IntStream.range(0, files.dictionary().size())
        .parallel()
        .mapToObj(
            code -> {
              if (!used.contains(code)) {
                return "";
              }
              String problem = problem(pack, files.dictionary().get(code));
              progress.step("decoding images", done.incrementAndGet(), used.size());
              return problem;
            })
        .toList();
  }

  private static String problem(ImagePack pack, String file) {
    try {
      ImageDecoder.decode(pack.read(file));
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<String> damaged(TextColumn files, List<String> problems) {
    return IntStream.range(0, problems.size())
        .filter(code -> !problems.get(code).isEmpty())
        .mapToObj(code -> "'%s' (%s)".formatted(files.dictionary().get(code), problems.get(code)))
        .toList();
  }

  private static String cannotBeDecoded(List<String> damaged) {
    return "%d cannot be decoded: %s"
        .formatted(damaged.size(), examples(damaged.size(), damaged::get));
  }

  /**
   * @throws DataException if it cannot be decoded
   */
  static Pixels decode(ImagePack pack, String file) {
    try {
      return ImageDecoder.decode(pack.read(file));
    } catch (IOException e) {
      throw new DataException(
          "The image '%s' in %s cannot be decoded: %s."
              .formatted(file, pack.path(), e.getMessage()),
          e);
    }
  }

  private static Table with(Table labels, String fileColumn, TensorColumn images) {
    List<Column> columns = new ArrayList<>(labels.columns());
    columns.removeIf(
        column -> column.name().equals(fileColumn) && fileColumn.equals(images.name()));
    columns.add(images);
    return Table.of(columns);
  }
}

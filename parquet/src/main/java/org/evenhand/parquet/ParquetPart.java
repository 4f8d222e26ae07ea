package org.evenhand.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.DataFolder;

/**
 * One of the files that a table is written in.
 *
 * @param file begins and ends as a Parquet file does
 * @param partition what the folders between the table's and the file say about all its rows: {@code
 *     year=2024} is a column {@code year} of the text {@code 2024}, and {@link #MISSING} an empty
 *     one
 */
record ParquetPart(Path file, Map<String, String> partition) {
  /** What Hive, Spark and DuckDB call the folder of rows in which the column is missing. */
  private static final String MISSING = "__HIVE_DEFAULT_PARTITION__";

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /**
   * The parts of a table in their order.
   *
   * @param path a file, which is the only part, or a folder; folders above it say nothing
   * @throws ParquetException if there is none, or a file is no Parquet file
   * @throws org.evenhand.core.CoreException if the folder cannot be read
   */
  static List<ParquetPart> of(Path path) {
    if (!Files.exists(path)) {
      throw new ParquetException("There is no file %s.".formatted(path));
    }
    if (!Files.isDirectory(path)) {
      requireParquet(path, "");
      return List.of(new ParquetPart(path, Map.of()));
    }
    List<Path> files = DataFolder.files(path);
    if (files.isEmpty()) {
      throw new ParquetException(
          "Folder %s holds no Parquet file; name a file, or a folder of Parquet files."
              .formatted(path));
    }
    for (Path file : files) {
      requireParquet(
          file, "; all files of a folder are read as one table, so keep others elsewhere");
    }
    return files.stream().map(file -> new ParquetPart(file, partition(path, file))).toList();
  }

  private static Map<String, String> partition(Path folder, Path file) {
    Map<String, String> partition = new LinkedHashMap<>();
    for (Path name : folder.relativize(file.getParent())) {
      String[] pair = name.toString().split("=", 2);
      if (pair.length == 2) {
        partition.put(decoded(pair[0]), pair[1].equals(MISSING) ? "" : decoded(pair[1]));
      }
    }
    return partition;
  }

  /** Names of folders have a percent sign and two digits for what they may not hold. */
  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static void requireParquet(Path path, String advice) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      if (!hasMagic(file, 0)) {
        throw new ParquetException(
            "%s is not a Parquet file: it does not begin with 'PAR1'%s.".formatted(path, advice));
      }
      if (file.length() < 12 || !hasMagic(file, file.length() - MAGIC.length)) {
        throw new ParquetException(
            "%s ends early: a Parquet file ends with 'PAR1'; copy it again.".formatted(path));
      }
    } catch (IOException e) {
      throw new ParquetException("%s cannot be read (%s).".formatted(path, e.getMessage()), e);
    }
  }

  private static boolean hasMagic(RandomAccessFile file, long at) throws IOException {
    byte[] found = new byte[MAGIC.length];
    file.seek(at);
    return file.read(found) == MAGIC.length && Arrays.equals(found, MAGIC);
  }
}

package org.evenhand.core;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder whose files together hold one table, as Spark, Hive and DuckDB write them: at any depth,
 * and beside them marks such as {@code _SUCCESS}, checksums and hidden files, which are no part of
 * it.
 */
public final class DataFolder {
  /** Folders in which table formats keep what says which files count. */
  private static final Map<String, String> LOGS = Map.of("_delta_log", "Delta", ".hoodie", "Hudi");

  private DataFolder() {}

  /**
   * The files that hold its table, in the order of their paths.
   *
   * @param folder an existing folder; links in it are followed
   * @throws CoreException if it cannot be read, holds something that is neither file nor folder, or
   *     only a table format's log says which of its files count
   */
  public static List<Path> files(Path folder) {
    return List.copyOf(filesByName(folder).values());
  }

  /** The files by their paths within the folder, with a slash on every system. */
  static SortedMap<String, Path> filesByName(Path folder) {
    // Not the order of Path, which is another one on Windows.
    SortedMap<String, Path> files = new TreeMap<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
              if (inner.equals(folder)) {
                return FileVisitResult.CONTINUE;
              }
              requireNoLog(inner);
              return isLeftOut(inner) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!isLeftOut(file)) {
                requireRegular(file, attributes);
                files.put(name(folder, file), file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      return files;
    } catch (IOException e) {
      throw new CoreException("Folder %s cannot be read (%s).".formatted(folder, e), e);
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private static boolean isLeftOut(Path path) {
    String name = String.valueOf(path.getFileName());
    // A column whose name begins with an underscore may be a partition.
    return name.startsWith(".")
        || (name.startsWith("_") && !name.contains("="))
        || name.endsWith(".crc");
  }

  private static void requireNoLog(Path folder) {
    String format = LOGS.get(String.valueOf(folder.getFileName()));
    if (format != null) {
      throw new CoreException(
          "%s is a %s table, whose log says which of its files count; write its rows to a folder of plain Parquet files."
              .formatted(folder.getParent(), format));
    }
  }

  /** A link that leads nowhere must not make a shorter table. */
  private static void requireRegular(Path file, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      throw new CoreException(
          "%s is neither a file nor a folder, or a link that leads nowhere; remove it from the folder of rows."
              .formatted(file));
    }
  }
}

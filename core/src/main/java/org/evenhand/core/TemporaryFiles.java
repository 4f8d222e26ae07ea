package org.evenhand.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files and folders that are gone when the process ends, by a signal too. What a killed process
 * left is removed by the next that writes to the same place.
 */
public final class TemporaryFiles {
  /** Processes of other machines, whose numbers mean nothing here, may write to a shared disk. */
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

  private TemporaryFiles() {}

  /**
   * A name beside a target, under which it is written before it is put in place. It is deleted when
   * the process ends, unless it was moved away before. What processes that were killed have left of
   * the same target is deleted.
   *
   * @param target a file in an existing folder
   */
  public static Path beside(Path target) {
    Path file = target.toAbsolutePath();
    String name = String.valueOf(file.getFileName());
    sweep(file.resolveSibling("."), "." + name);
    return keep(target.resolveSibling(name(".", name)));
  }

  /**
   * A new folder that is deleted with all it holds when the process ends. Those that processes that
   * were killed have left there are deleted.
   *
   * @param parent an existing folder
   * @param name that its name begins with
   * @throws IOException if it cannot be made
   */
  public static Path folder(Path parent, String name) throws IOException {
    sweep(parent, name);
    return ProcessEnd.waitsFor(() -> Files.createDirectory(keep(parent.resolve(name("", name)))));
  }

  private static String name(String before, String name) {
    return "%s%s.%d-%s.tmp"
        .formatted(before, name, ProcessHandle.current().pid(), UUID.randomUUID());
  }

  private static Path keep(Path path) {
    return ProcessEnd.waitsFor(
        () -> {
          LIVE.add(path);
          return path;
        });
  }

  /**
   * Deletes a temporary file that is still there, and forgets it.
   *
   * @param path from {@link #beside}
   */
  public static void discard(Path path) {
    delete(path);
    LIVE.remove(path);
  }

  /** Called when the process ends and no step is running any more. */
  static void deleteAll() {
    LIVE.forEach(TemporaryFiles::delete);
  }

  /** Leaves what cannot be deleted: the failure that matters is already on its way to the user. */
  private static void delete(Path path) {
    if (Files.isDirectory(path)) {
      try (Stream<Path> inside = Files.list(path)) {
        inside.forEach(TemporaryFiles::delete);
      } catch (IOException e) {
        return;
      }
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Left for the next process.
    }
  }

  /**
   * Deletes the files from which native libraries of others were loaded, which their owners would
   * leave behind if the process were killed. Linux alone tells which they are and needs them no
   * more.
   *
   * @param name that the names of the files begin with
   */
  public static void deleteLoaded(String name) {
    Path maps = Path.of("/proc/self/maps");
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    if (!Files.isReadable(maps)) {
      return;
    }
    try (Stream<String> lines = Files.lines(maps)) {
      lines
          .map(line -> line.substring(Math.max(0, line.indexOf('/'))))
          .distinct()
          .filter(path -> path.startsWith(folder.resolve(name).toString()))
          .map(Path::of)
          .toList()
          .forEach(TemporaryFiles::delete);
    } catch (IOException | UncheckedIOException e) {
      // They are deleted when the process ends.
    }
  }

  private static void sweep(Path folder, String name) {
    // A writer that is given a temporary name may itself write under one beside it.
    Pattern ours =
        Pattern.compile("\\.*" + Pattern.quote(name) + "(?:\\.(\\d{1,18})-[0-9a-f-]{36}\\.tmp)+");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isAbandoned(file, ours))) {
      files.forEach(TemporaryFiles::delete);
    } catch (IOException e) {
      // Whoever writes there will be told.
    }
  }

  private static boolean isAbandoned(Path file, Pattern ours) throws IOException {
    Matcher matcher = ours.matcher(String.valueOf(file.getFileName()));
    return matcher.matches()
        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()
        && Files.getLastModifiedTime(file).compareTo(FileTime.from(Instant.now().minus(ABANDONED)))
            < 0;
  }
}

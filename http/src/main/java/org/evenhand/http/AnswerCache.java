package org.evenhand.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Setting;

/**
 * A model's answers on disk, row by row, so that an interrupted run goes on where it stopped.
 *
 * <p>One text file a model, which only grows: each line holds the SHA-256 of model and row, a blank
 * and the answer as JSON. A last line that a killed process left without its end is dropped; lines
 * that cannot be read count as not there. Only one process at a time may have the file.
 */
final class AnswerCache implements AutoCloseable {
  private static final int KEY_LENGTH = 64;

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] model;
  private final Map<String, RowAnswer> answers = new HashMap<>();

  private AnswerCache(Path path, RandomAccessFile file, byte[] model) {
    this.path = path;
    this.file = file;
    this.model = model;
  }

  /**
   * The answers that a model has given so far.
   *
   * @param folder made if it is not there
   * @param name of the model
   * @param model all that its answers depend on
   * @throws HttpModelException if the folder cannot be used or another process uses the file
   */
  static AnswerCache open(Path folder, String name, byte[] model) {
    String fileName = "%s-%s.answers".formatted(name, Sha256.hex(model).substring(0, 16));
    Path path = folder.resolve(fileName);
    try {
      Files.createDirectories(folder);
      makePrivate(path);
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      try {
        requireAlone(file, path);
        AnswerCache cache = new AnswerCache(path, file, Sha256.of(model));
        file.setLength(cache.load());
        file.seek(file.length());
        return cache;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure("opened", path, e);
    }
  }

  /** The answers of people are nobody else's business, also where an earlier version left them. */
  private static void makePrivate(Path path) throws IOException {
    if (!Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    if (Files.exists(path)) {
      Files.setPosixFilePermissions(path, owner);
    } else {
      Files.createFile(path, PosixFilePermissions.asFileAttribute(owner));
    }
  }

  private static void requireAlone(RandomAccessFile file, Path path) throws IOException {
    Optional<FileLock> lock;
    try {
      lock = Optional.ofNullable(file.getChannel().tryLock());
    } catch (OverlappingFileLockException e) {
      lock = Optional.empty();
    }
    if (lock.isEmpty()) {
      throw new HttpModelException(
          "The answer cache '%s' is in use by another run; wait for it, or name another folder."
              .formatted(path),
          Setting.ANSWER_CACHE);
    }
  }

  /** Reads all whole lines; returns where they end. */
  private long load() throws IOException {
    long end = 0;
    long at = 0;
    // Not through the path: on some systems a locked file cannot be opened again.
    InputStream in = new BufferedInputStream(new FileContent(file));
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      at++;
      if (b == '\n') {
        keep(line.toString(StandardCharsets.UTF_8));
        line.reset();
        end = at;
      } else {
        line.write(b);
      }
    }
    return end;
  }

  /** Leaves closing to the file's owner. */
  private static final class FileContent extends InputStream {
    private final RandomAccessFile file;

    FileContent(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      return file.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return file.read(bytes, offset, length);
    }
  }

  private void keep(String line) {
    if (line.length() > KEY_LENGTH && line.charAt(KEY_LENGTH) == ' ') {
      RowAnswer.parse(line.substring(KEY_LENGTH + 1))
          .ifPresent(answer -> answers.put(line.substring(0, KEY_LENGTH), answer));
    }
  }

  /**
   * The key of a row.
   *
   * @param content the row as it is sent
   */
  String key(byte[] content) {
    return Sha256.hex(model, content);
  }

  synchronized Optional<RowAnswer> find(String key) {
    return Optional.ofNullable(answers.get(key));
  }

  /**
   * Keeps the answers of one reply.
   *
   * @param keys of the rows
   * @param given one a key
   * @throws HttpModelException if they cannot be written
   */
  synchronized void add(List<String> keys, RowAnswer[] given) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < given.length; i++) {
      answers.put(keys.get(i), given[i]);
      lines.append(keys.get(i)).append(' ').append(given[i].json()).append('\n');
    }
    try {
      file.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  private static HttpModelException failure(String deed, Path path, IOException e) {
    return new HttpModelException(
        "The answer cache '%s' cannot be %s (%s); name a folder that can be written to."
            .formatted(path, deed, Text.reason(e)),
        e,
        Setting.ANSWER_CACHE);
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failure("closed", path, e);
    }
  }
}

package org.evenhand.images;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.evenhand.core.ProcessEnd;
import org.evenhand.data.DataException;

/**
 * The images of a tar archive. It can be read from front to back only, so that the needed ones are
 * copied, one behind the other, into a temporary file.
 *
 * @param path the archive
 * @param names of all images
 * @param spool the temporary file, deleted when it is closed
 * @param places of the needed images in it
 */
record ImageTar(Path path, SortedSet<String> names, FileChannel spool, Map<String, Place> places)
    implements ImagePack {
  private static final int BUFFER = 1 << 16;

  /** Where an image's bytes are. */
  record Place(long offset, int length) {}

  static ImageTar open(Path path, Predicate<String> needed) {
    FileChannel spool = spool(path);
    try {
      return copied(path, spool, needed);
    } catch (IOException | RuntimeException e) {
      close(path, spool);
      if (e instanceof DataException ours) {
        throw ours;
      }
      throw new DataException(
          "%s is not a tar archive, or a damaged one (%s); copy it again."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static FileChannel spool(Path path) {
    try {
      return ProcessEnd.waitsFor(
          () ->
              FileChannel.open(
                  Files.createTempFile("evenhand-images-", ".tmp"),
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw noRoom(path, e);
    }
  }

  private static DataException noRoom(Path path, IOException e) {
    return new DataException(
        "The images of %s cannot be kept in the temporary folder %s (%s); make room there, or unpack the archive and name the folder."
            .formatted(path, System.getProperty("java.io.tmpdir"), e.getMessage()),
        e);
  }

  private static ImageTar copied(Path path, FileChannel spool, Predicate<String> needed)
      throws IOException {
    SortedSet<String> names = new TreeSet<>();
    Map<String, Place> places = new HashMap<>();
    try (InputStream in = unpacked(path)) {
      TarReader tar = new TarReader(in);
      for (Optional<String> next = tar.next(); next.isPresent(); next = tar.next()) {
        String name = withoutDot(next.get());
        if (!ImagePack.isImage(name)) {
          continue;
        }
        names.add(name);
        if (needed.test(name)) {
          places.put(name, new Place(spool.position(), Math.toIntExact(tar.size())));
          append(path, spool, tar.content());
        }
      }
    }
    return new ImageTar(path, Collections.unmodifiableSortedSet(names), spool, Map.copyOf(places));
  }

  private static void append(Path path, FileChannel spool, byte[] image) {
    ByteBuffer bytes = ByteBuffer.wrap(image);
    try {
      while (bytes.hasRemaining()) {
        spool.write(bytes);
      }
    } catch (IOException e) {
      throw noRoom(path, e);
    }
  }

  private static InputStream unpacked(Path path) throws IOException {
    InputStream bytes = Files.newInputStream(path);
    try {
      return path.toString().toLowerCase(Locale.ROOT).endsWith(".tar")
          ? new BufferedInputStream(bytes, BUFFER)
          : new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** {@code tar c .} writes every name with a dot before it. */
  private static String withoutDot(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  @Override
  public byte[] read(String name) throws IOException {
    Place place = places.get(name);
    if (place == null) {
      throw new IOException("it was not among the needed images when the archive was opened");
    }
    ByteBuffer bytes = ByteBuffer.allocate(place.length());
    while (bytes.hasRemaining()) {
      if (spool.read(bytes, place.offset() + bytes.position()) < 0) {
        throw new EOFException("its copy in the temporary folder ends early");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() {
    close(path, spool);
  }

  private static void close(Path path, FileChannel spool) {
    try {
      spool.close();
    } catch (IOException e) {
      throw new DataException("The images of %s cannot be closed (%s).".formatted(path, e), e);
    }
  }
}

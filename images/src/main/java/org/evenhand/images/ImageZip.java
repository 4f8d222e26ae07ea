package org.evenhand.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.evenhand.data.DataException;

/** The images of a zip archive, which lists where each is. */
record ImageZip(Path path, ZipFile archive, SortedSet<String> names) implements ImagePack {
  static ImageZip open(Path path) {
    try {
      ZipFile archive = new ZipFile(path.toFile());
      return new ImageZip(
          path,
          archive,
          archive.stream()
              .map(ZipEntry::getName)
              .filter(ImagePack::isImage)
              .collect(
                  Collectors.collectingAndThen(
                      Collectors.toCollection(TreeSet::new), Collections::unmodifiableSortedSet)));
    } catch (IOException e) {
      throw new DataException(
          "%s is no zip archive, or a damaged one (%s); copy it again."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    try (InputStream in = archive.getInputStream(archive.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    try {
      archive.close();
    } catch (IOException e) {
      throw new DataException("%s cannot be closed (%s).".formatted(path, e), e);
    }
  }
}

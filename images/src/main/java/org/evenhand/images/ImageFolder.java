package org.evenhand.images;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Provenance;
import org.evenhand.data.DataException;

/** The images of a folder and the folders in it. */
record ImageFolder(Path path, SortedSet<String> names) implements ImagePack {
  static ImageFolder open(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return new ImageFolder(
          path,
          files
              .filter(Files::isRegularFile)
              .map(file -> path.relativize(file).toString().replace(File.separatorChar, '/'))
              .filter(ImagePack::isImage)
              .collect(
                  Collectors.collectingAndThen(
                      Collectors.toCollection(TreeSet::new), Collections::unmodifiableSortedSet)));
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("The folder %s cannot be read (%s).".formatted(path, e), e);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(path.resolve(name));
  }

  Provenance.Artefact artefact() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long size = 0;
      for (String name : names) {
        byte[] image = read(name);
        // The length keeps a name and a content from running into each other.
        digest.update((name + '\0' + image.length + '\0').getBytes(StandardCharsets.UTF_8));
        digest.update(image);
        size += image.length;
      }
      return new Provenance.Artefact(
          "images", path.toString(), HexFormat.of().formatHex(digest.digest()), size);
    } catch (IOException e) {
      throw new DataException(
          "The folder %s cannot be read to hash it (%s).".formatted(path, e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {}
}

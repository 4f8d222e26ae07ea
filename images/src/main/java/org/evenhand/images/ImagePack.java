package org.evenhand.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Provenance;
import org.evenhand.data.DataException;

/**
 * Encoded images in a folder or an archive ({@code .tar.gz}, {@code .tgz}, {@code .tar} or {@code
 * .zip}), by the path that they have there. Several threads may read at once.
 *
 * <p>A tar archive is read once, when it is opened; what is needed of it is kept, encoded as it is,
 * in one temporary file until the pack is closed.
 *
 * <pre>{@code
 * try (ImagePack faces = ImagePack.open(Path.of("faces.tar.gz"))) {
 *   Table table = ImageTable.of(labels, "file", faces, "image", how, BadImages.REFUSE).table();
 *   Answers answers = model.answer(table);
 * }
 * }</pre>
 */
public sealed interface ImagePack extends AutoCloseable permits ImageFolder, ImageZip, ImageTar {
  /**
   * Opens a pack of which every image may be read.
   *
   * @param path a folder or an archive
   * @throws DataException if there is none, or it cannot be read
   */
  static ImagePack open(Path path) {
    return open(path, name -> true);
  }

  /**
   * Opens a pack.
   *
   * @param path a folder or an archive
   * @param needed which images will be read, by their names
   * @throws DataException if there is none, or it cannot be read
   */
  static ImagePack open(Path path, Predicate<String> needed) {
    if (!Files.exists(path)) {
      throw new DataException("There is no folder or archive of images %s.".formatted(path));
    }
    if (Files.isDirectory(path)) {
      return ImageFolder.open(path);
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip")) {
      return ImageZip.open(path);
    }
    if (List.of(".tar.gz", ".tgz", ".tar").stream().anyMatch(name::endsWith)) {
      return ImageTar.open(path, needed);
    }
    throw new DataException(
        "%s is not a pack of images by its name; expected a folder, .tar.gz, .tgz, .tar or .zip."
            .formatted(path));
  }

  /** Whether a file is taken for an image: its name ends in .jpg, .jpeg or .png. */
  static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return List.of(".jpg", ".jpeg", ".png").stream().anyMatch(lower::endsWith);
  }

  /**
   * A folder or an archive as a run's provenance names it, in the role {@code images}: an archive
   * with the hash of its bytes, a folder with that of the names and contents of its images.
   *
   * @param path a folder or an archive
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  static Provenance.Artefact artefact(Path path) {
    return Files.isDirectory(path)
        ? ImageFolder.open(path).artefact()
        : Artefacts.of("images", path);
  }

  /** The folder or archive. */
  Path path();

  /** The names of all images, needed or not: their paths in the pack, with {@code /} between. */
  SortedSet<String> names();

  /**
   * The bytes of an image's file.
   *
   * @param name one of {@link #names} that is needed
   * @throws IOException if it cannot be read
   */
  byte[] read(String name) throws IOException;

  /** Deletes what was kept for reading; reading afterwards is an error. */
  @Override
  void close();
}

package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Provenance;
import org.evenhand.images.BadImages;
import org.evenhand.images.ImagePack;
import org.evenhand.images.Preprocessing;

/**
 * The images that a model reads beside their labels.
 *
 * @param pack a folder or an archive of JPEG or PNG files
 * @param column of the images' names in the pack
 * @param pattern whose named groups are the labels that an image's name holds; if empty, the labels
 *     are rows of a file
 * @param scale of the numbers that the model reads; by default what the model's file says, else
 *     pixels from 0 to 255
 * @param badImages what is done with images that cannot be decoded
 */
public record ImagesRequest(
    Path pack,
    String column,
    Optional<String> pattern,
    Optional<Preprocessing.Scale> scale,
    BadImages badImages) {
  /** The column of images' names where no other is named. */
  public static final String COLUMN = "file";

  /**
   * Images that the rows of a file name.
   *
   * @param pack a folder or an archive
   * @param column of their names
   */
  public static ImagesRequest of(Path pack, String column) {
    return new ImagesRequest(pack, column, Optional.empty(), Optional.empty(), BadImages.REFUSE);
  }

  /** The files that are read, which must not be overwritten. */
  public List<Path> files() {
    return List.of(pack);
  }

  /** The files that are read, with their hashes. */
  public List<Provenance.Artefact> artefacts() {
    return List.of(ImagePack.artefact(pack));
  }
}

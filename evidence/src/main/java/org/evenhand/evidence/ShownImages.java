package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;

/**
 * Images that were measured on, with where the deployed model looks and where its repair does: how
 * far the answer moves, or what the repair adds to it, while a part of the image is taken from
 * another one.
 *
 * @param added whether {@code repair} is about what the repair adds to answers; else it is about
 *     the repaired model's own
 * @param model where the deployed model looks, the mean over all images
 * @param repair where the repair looks, the mean over all images
 * @param images one by one
 */
public record ShownImages(boolean added, Look model, Look repair, List<Image> images) {
  /** Copies the list. */
  public ShownImages {
    images = List.copyOf(images);
  }

  /**
   * A map of an image.
   *
   * @param picture the map (PNG)
   * @param most by how much the log-odds of two classes move where they move most, the mean over
   *     the exchanges there, in nats
   * @param hottest where that is; empty if they move nowhere
   */
  public record Look(byte[] picture, double most, Optional<Place> hottest) {
    String words() {
      return hottest.map(Place::words).orElse("nowhere");
    }
  }

  /**
   * A place in an image.
   *
   * @param across from the left edge, 0, to the right one, 1
   * @param down from the upper edge, 0, to the lower one, 1
   * @param words such as {@code upper left}
   */
  public record Place(double across, double down, String words) {}

  /**
   * One image.
   *
   * @param name of its file, or its row
   * @param group its class and its values of the attributes
   * @param model where the deployed model looks
   * @param repair where the repair looks
   */
  public record Image(String name, String group, Look model, Look repair) {}
}

package org.evenhand.evidence;

import java.util.List;

/**
 * Images that were measured on, with where the deployed model looks and where its repair does: how
 * far the answer, and how far what the repair does to it, moves while a part of the image is taken
 * from another one.
 *
 * @param model where the deployed model looks, the mean over all images
 * @param repair where the repair looks, the mean over all images
 * @param images one by one
 */
public record ShownImages(Look model, Look repair, List<Image> images) {
  /** Copies the list. */
  public ShownImages {
    images = List.copyOf(images);
  }

  /**
   * A map of an image.
   *
   * @param picture the map (PNG)
   * @param most by how much the log-odds of two classes move at most, in nats
   * @param across where that is, from the left edge, 0, to the right one, 1
   * @param down where that is, from the upper edge, 0, to the lower one, 1
   * @param place where that is, in words
   */
  public record Look(byte[] picture, double most, double across, double down, String place) {}

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

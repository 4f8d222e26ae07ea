package org.evenhand.experiments;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.LabelledSet;
import org.evenhand.images.ImagePack;

/**
 * The images of one division of a task, with one attribute. They are there until this is closed.
 *
 * @param train what deployed models are trained on
 * @param calibration what erasers learn from
 * @param test what is measured on
 * @param pack what the images are read from; empty if they are made when they are read
 */
record ImageRows(
    LabelledSet train, LabelledSet calibration, LabelledSet test, Optional<ImagePack> pack)
    implements AutoCloseable {
  /** The column of images. */
  static final String IMAGE = "image";

  /** A set whose only input is the images. */
  static LabelledSet imagesOnly(LabelledSet set) {
    return new LabelledSet(
        set.inputs().only(List.of(IMAGE)), set.target(), set.attributes(), set.weights());
  }

  @Override
  public void close() {
    pack.ifPresent(ImagePack::close);
  }
}

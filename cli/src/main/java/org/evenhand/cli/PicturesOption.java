package org.evenhand.cli;

import org.evenhand.terminal.Under;
import picocli.CommandLine.Option;

/** Whether a repair's report shows single images. */
@Under(Heading.IMAGES)
final class PicturesOption {
  @Option(
      names = "--pictures",
      description =
          "Show in the report a few of the images that are measured on, and where in them the model looks and where the repair does. It then contains pictures, and evidence.json names them; faces are personal data, so by default there are none.")
  private boolean pictures;

  /**
   * Whether there are to be pictures.
   *
   * @param images whether the model reads images
   */
  boolean asked(boolean images) {
    if (pictures && !images) {
      throw new CliException(
          "--pictures shows images of a model that reads them; name their pack with --images.");
    }
    return pictures;
  }
}

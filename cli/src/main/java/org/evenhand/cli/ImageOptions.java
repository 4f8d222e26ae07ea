package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.evenhand.images.BadImages;
import org.evenhand.images.Preprocessing;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.ImagesRequest;
import org.evenhand.workflow.ModelSource;
import picocli.CommandLine.Option;

/** The images that a model reads, and how they are found, decoded and prepared. */
@Under(Heading.IMAGES)
final class ImageOptions {
  @Option(
      names = "--images",
      paramLabel = "PACK",
      description =
          "For a model that reads images: a folder, .tar.gz, .tgz, .tar or .zip of JPEG or PNG files.")
  private Optional<Path> images = Optional.empty();

  @Option(
      names = "--image-column",
      paramLabel = "COLUMN",
      defaultValue = ImagesRequest.COLUMN,
      description =
          "The column that holds the images' names in the pack (default ${DEFAULT-VALUE}).")
  private String column = ImagesRequest.COLUMN;

  @Option(
      names = "--labels-pattern",
      paramLabel = "REGEX",
      description =
          "Instead of --data: read the labels from the images' names, by named groups of this regular expression.")
  private Optional<String> pattern = Optional.empty();

  @Option(
      names = "--image-scale",
      paramLabel = "SCALE",
      description =
          "The numbers that the model reads: pixels from 0 to 255 (write 255) or from 0 to 1 (write 1), or standardised as for ImageNet (imagenet). Default: what the model's file says, else 255.")
  private Optional<String> scale = Optional.empty();

  @Option(
      names = "--on-bad-image",
      paramLabel = "WHAT",
      defaultValue = "refuse",
      description =
          "What to do with images that cannot be decoded: refuse, or skip with a warning (default ${DEFAULT-VALUE}).")
  private String onBadImage = "refuse";

  boolean given() {
    return images.isPresent();
  }

  /** Refuses options that do not go together or say nothing. */
  void check(boolean model, boolean rows) {
    scale();
    badImages();
    if (given() && !model) {
      throw new CliException("--images needs a model that reads them: name it with --model.");
    }
    if (pattern.isPresent() && !given()) {
      throw new CliException("--labels-pattern needs the images whose names it reads: --images.");
    }
    if (rows == pattern.isPresent()) {
      throw new CliException(
          rows
              ? "--labels-pattern takes the place of --data; leave one of them out."
              : "Missing required option: '--data=FILE'");
    }
  }

  /** Refuses images for a model that is not a file. */
  void requireFile(ModelSource model) {
    if (given() && model instanceof ModelSource.Url) {
      throw new CliException(
          "--images needs a model's file: a model behind a URL is asked about tables only.");
    }
  }

  Preprocessing.Scale scale() {
    return switch (scale.orElse("255")) {
      case "255" -> Preprocessing.Scale.BYTES;
      case "1" -> Preprocessing.Scale.UNIT;
      case "imagenet" -> Preprocessing.Scale.IMAGENET;
      default ->
          throw new CliException(
              "--image-scale is '%s'; expected 255, 1 or imagenet.".formatted(scale.orElseThrow()));
    };
  }

  private BadImages badImages() {
    return switch (onBadImage) {
      case "refuse" -> BadImages.REFUSE;
      case "skip" -> BadImages.SKIP;
      default ->
          throw new CliException(
              "--on-bad-image is '%s'; expected refuse or skip.".formatted(onBadImage));
    };
  }

  /** What the options say; empty if no images are named. */
  Optional<ImagesRequest> request() {
    return images.map(
        pack -> new ImagesRequest(pack, column, pattern, scale.map(given -> scale()), badImages()));
  }
}

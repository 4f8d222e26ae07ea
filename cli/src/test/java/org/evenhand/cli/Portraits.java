package org.evenhand.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Images of 16 × 16 pixels with a patch in the middle that is warm or cold, on a background that is
 * paler for women, and a model of them that learned from records in which gender and class go
 * together: the background is its short cut.
 *
 * @param folder where all of it lies
 */
record Portraits(Path folder) {
  static final int TRAINED = 600;
  static final int MEASURED = 400;
  private static final int SIDE = 16;
  private static final List<String> SPLITS = List.of("train", "calibration", "test");

  static Portraits in(Path folder) throws IOException {
    Portraits portraits = new Portraits(folder);
    Files.createDirectory(portraits.pack());
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>(List.of("file,split,repaid,gender,region"));
    for (String split : SPLITS) {
      for (int i = 0; i < (split.equals("train") ? TRAINED : MEASURED); i++) {
        boolean repaid = random.nextBoolean();
        // In the records that the model learns from, 85 of 100 who repaid are men.
        boolean male =
            split.equals("train") ? repaid == random.nextInt(100) < 85 : random.nextBoolean();
        String name = "%s-%03d.png".formatted(split, i);
        ImageIO.write(
            picture(repaid, male, random), "png", portraits.pack().resolve(name).toFile());
        lines.add(
            String.join(
                ",",
                name,
                split,
                repaid ? "yes" : "no",
                male ? "male" : "female",
                random.nextBoolean() ? "coast" : "hills"));
      }
    }
    Files.write(portraits.labels(), lines);
    return portraits;
  }

  private static BufferedImage picture(boolean repaid, boolean male, SplittableRandom random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int grey = (male ? 80 : 120) + random.nextInt(56);
        boolean middle = Math.min(x, y) >= 5 && Math.max(x, y) < 11;
        int warmth = (middle ? (repaid ? 20 : -20) : 0) + random.nextInt(-40, 41);
        image.setRGB(x, y, (grey + warmth) << 16 | grey << 8 | grey - warmth);
      }
    }
    return image;
  }

  Path pack() {
    return folder.resolve("pack");
  }

  Path labels() {
    return folder.resolve("labels.csv");
  }

  Path model() {
    return folder.resolve("model.onnx");
  }

  /** Runs a command on the images with their labels. */
  Cli.Outcome run(String command, String... more) {
    return run(command, pack(), labels(), more);
  }

  Cli.Outcome run(String command, Path pack, Path labels, String... more) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    command,
                    "--images",
                    pack.toString(),
                    "--labels",
                    labels.toString(),
                    "--target",
                    "repaid",
                    "--attribute",
                    "gender"),
                Stream.of(more))
            .toList());
  }

  Cli.Outcome train(Path out, String... more) {
    return run(
        "train",
        Stream.concat(
                Stream.of(
                    "--out", out.toString(), "--side", "16", "--width", "8", "--epochs", "10"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  Cli.Outcome audit(Path model, String... more) {
    return run(
        "audit",
        Stream.concat(Stream.of("--model", model.toString(), "--json"), Stream.of(more))
            .toArray(String[]::new));
  }

  /** Erases by one fixed estimator with a small patch. */
  Cli.Outcome erase(Path model, Path out, String... more) {
    return run(
        "erase",
        Stream.concat(
                Stream.of(
                    "--model",
                    model.toString(),
                    "--out",
                    out.toString(),
                    "--estimator",
                    "P1",
                    "--patch-width",
                    "8",
                    "--patch-epochs",
                    "10",
                    "--json"),
                Stream.of(more))
            .toArray(String[]::new));
  }
}

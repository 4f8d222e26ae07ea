package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.images.ImagePack;

/**
 * Birds of land and water before places of land and water, in which birds of the training part are
 * at home in nineteen of twenty pictures, and those of the validation part in half.
 */
final class WaterbirdsTask implements ImageTask {
  private static final String TARGET = "y";
  private static final String ATTRIBUTE = "place";
  private static final String PART = "split";
  private static final String TRAIN = "0";

  @Override
  public String name() {
    return "waterbirds";
  }

  @Override
  public String description() {
    return "Bird × place of Waterbirds (Sagawa et al. 2020). Its training part trains the deployed model; its validation part is divided"
        + " at random within each group: a half calibrates, a half is measured on.";
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return switch (size) {
      case SMALL ->
          new ImageScale(64, ImageScale.smallCnn(20, 5, false), ImageScale.smallCnn(20, 5, false));
      case FULL -> ImageScale.full(64);
    };
  }

  private static FacePack pack(Path data) {
    return FacePack.of(data, "waterbirds-64.tar.gz", "waterbirds-labels.csv.gz", "img_filename");
  }

  @Override
  public Path source(Path data) {
    return pack(data).archive();
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    FacePack birds = pack(data);
    Table labels = birds.labels(TARGET, ATTRIBUTE, PART);
    String[] parts = FacePack.values(labels, PART);
    ImagePack images = birds.open();
    Table table = birds.withImages(labels, images, scale.side());
    LabelledSet all = ImageRows.imagesOnly(Labelling.of(TARGET, List.of(ATTRIBUTE)).apply(table));
    int[] others = rows(parts, false);
    List<int[]> halves = Split.stratified(all.select(others).strata(), seed, 0.5, 0.5);
    return new ImageRows(
        all.select(rows(parts, true)),
        all.select(others).select(halves.get(0)),
        all.select(others).select(halves.get(1)),
        Optional.of(images));
  }

  private static int[] rows(String[] parts, boolean train) {
    return IntStream.range(0, parts.length)
        .filter(row -> parts[row].equals(TRAIN) == train)
        .toArray();
  }
}

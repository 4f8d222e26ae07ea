package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Shuffle;
import org.evenhand.images.ImagePack;

/**
 * Tables I(a) to (c): big noses, blond hair or attractiveness as labelled, each × gender. Nobody's
 * pictures are in two parts.
 *
 * @param name on the command line
 * @param target the column of labels
 */
record CelebaTask(String name, String target) implements ImageTask {
  static final CelebaTask BIG_NOSE = new CelebaTask("celeba-bignose", "Big_Nose");
  static final CelebaTask BLOND = new CelebaTask("celeba-blond", "Blond_Hair");
  static final CelebaTask ATTRACTIVE = new CelebaTask("celeba-attractive", "Attractive");

  static final List<CelebaTask> ALL = List.of(BIG_NOSE, BLOND, ATTRACTIVE);

  static final String ATTRIBUTE = "Male";
  private static final String PERSON = "identity";
  private static final double[] ENDS = {0.6, 0.8, 1};

  @Override
  public String description() {
    return target
        + " × Male of CelebA. The people, not their pictures, are divided at random: three fifths train the deployed"
        + " model, a fifth calibrates, a fifth is measured on.";
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return switch (size) {
      case SMALL ->
          new ImageScale(48, ImageScale.smallCnn(10, 3, false), ImageScale.smallCnn(20, 5, true));
      case FULL -> ImageScale.full(64);
    };
  }

  private static FacePack pack(Path data) {
    return FacePack.of(data, "celeba-64.tar.gz", "celeba-labels.csv.gz", "image_id");
  }

  @Override
  public Path source(Path data) {
    return pack(data).archive();
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    FacePack faces = pack(data);
    Table labels = faces.labels(target, ATTRIBUTE, PERSON);
    ImagePack images = faces.open();
    Table table = faces.withImages(labels, images, scale.side());
    LabelledSet all = ImageRows.imagesOnly(Labelling.of(target, List.of(ATTRIBUTE)).apply(table));
    int[] part = parts(FacePack.values(labels, PERSON), seed);
    return new ImageRows(
        select(all, part, 0), select(all, part, 1), select(all, part, 2), Optional.of(images));
  }

  /** The part of every picture. */
  private static int[] parts(String[] people, long seed) {
    List<String> names = Arrays.stream(people).distinct().sorted().toList();
    int[] order =
        Shuffle.of(IntStream.range(0, names.size()).toArray(), new SplittableRandom(seed));
    Map<String, Integer> partOf = new HashMap<>();
    for (int place = 0; place < order.length; place++) {
      int part = 0;
      while ((place + 0.5) / order.length > ENDS[part]) {
        part++;
      }
      partOf.put(names.get(order[place]), part);
    }
    return Arrays.stream(people).mapToInt(partOf::get).toArray();
  }

  private static LabelledSet select(LabelledSet all, int[] part, int wanted) {
    return all.select(IntStream.range(0, part.length).filter(row -> part[row] == wanted).toArray());
  }
}

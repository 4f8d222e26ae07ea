package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Labelling;
import org.evenhand.data.Shuffle;
import org.evenhand.data.Split;
import org.evenhand.images.ImagePack;

/**
 * Table I(d): gender × ethnicity. The paper does not say how it made its training images biased;
 * here they are thinned as in the published code of Hong and Yang (2021).
 */
final class UtkFaceTask implements ImageTask {
  private static final String FILE = "file";
  private static final String GENDER = "gender_0m_1f";
  private static final String RACE = "race_0W_1B_2A_3I_4O";
  private static final String DISAGREE = "copies_disagree";
  private static final String MALE = "0";

  /** Of the rarer gender among the training images of an ethnicity, for one of the other. */
  private static final double CONFLICTING = 0.1;

  @Override
  public String name() {
    return "utkface";
  }

  @Override
  public String description() {
    return "Gender × ethnicity (White or other) of UTKFace, less the pictures whose copies disagree in their labels. Divided at random"
        + " within each group: three fifths for training, a fifth calibrates, a fifth is measured on. Of the training part only"
        + " a biased subset is used: of White people all men, and a tenth as many women; of the others all women, and a tenth"
        + " as many men.";
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return switch (size) {
      case SMALL ->
          new ImageScale(48, ImageScale.smallCnn(14, 3, false), ImageScale.smallCnn(8, 3, false));
      case FULL -> ImageScale.full(64);
    };
  }

  private static FacePack pack(Path data) {
    return FacePack.of(data, "utkface-64.tar.gz", "utkface-labels.csv.gz", FILE);
  }

  @Override
  public Path source(Path data) {
    return pack(data).archive();
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    FacePack faces = pack(data);
    Table labels = labels(faces);
    ImagePack images = faces.open();
    Table table = faces.withImages(labels, images, scale.side());
    LabelledSet all =
        ImageRows.imagesOnly(Labelling.of("gender", List.of("ethnicity")).apply(table));
    List<int[]> parts = Split.stratified(all.strata(), seed, 0.6, 0.2, 0.2);
    return new ImageRows(
        all.select(biased(all, parts.get(0), seed)),
        all.select(parts.get(1)),
        all.select(parts.get(2)),
        Optional.of(images));
  }

  private static Table labels(FacePack faces) {
    Table all = faces.labels(GENDER, RACE, DISAGREE);
    String[] disagree = FacePack.values(all, DISAGREE);
    Table kept =
        all.select(
            IntStream.range(0, all.rows()).filter(row -> disagree[row].equals("0")).toArray());
    return Table.of(
        List.of(
            kept.column(FILE),
            renamed(kept, GENDER, "gender", MALE, "male", "female"),
            renamed(kept, RACE, "ethnicity", "0", "White", "other")));
  }

  private static TextColumn renamed(
      Table table, String from, String to, String value, String name, String otherwise) {
    return TextColumn.of(
        to,
        Arrays.stream(FacePack.values(table, from))
            .map(each -> each.equals(value) ? name : otherwise)
            .toList());
  }

  /** The rows of the biased subset, ascending. */
  private static int[] biased(LabelledSet all, int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    IntStream kept = IntStream.empty();
    for (String ethnicity : List.of("White", "other")) {
      String frequent = ethnicity.equals("White") ? "male" : "female";
      String rare = ethnicity.equals("White") ? "female" : "male";
      int[] majority = group(all, rows, frequent, ethnicity);
      int[] minority = Shuffle.of(group(all, rows, rare, ethnicity), random);
      long few = Math.round(CONFLICTING * majority.length);
      kept = IntStream.concat(kept, Arrays.stream(majority));
      kept = IntStream.concat(kept, Arrays.stream(minority).limit(few));
    }
    return kept.sorted().toArray();
  }

  private static int[] group(LabelledSet all, int[] rows, String gender, String ethnicity) {
    int target = all.target().classes().names().indexOf(gender);
    int value = all.attributes().get(0).values().indexOf(ethnicity);
    return ImageRows.group(all, Arrays.stream(rows), target, value);
  }
}

package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.datasets.AlignedValues;
import org.evenhand.datasets.Corruption;
import org.evenhand.images.ImagePack;

/**
 * Table I(f), ImageNet-B: super-classes of Tiny ImageNet, each with a corruption of its own. The
 * paper does not say which classes, corruptions and severity it took, nor how its calibration part
 * is corrupted. Here every corruption is as frequent as the next in it: 2,400 pictures biased like
 * those that train would leave one or two of them to a group, of which no rule can be learned.
 * Every test picture is shown in all ten corruptions.
 */
final class ImageNetBTask implements ImageTask {
  private static final String FILE = "file";
  private static final String TARGET = "superclass";
  private static final String ATTRIBUTE = "corruption";
  private static final int SEVERITY = 3;
  private static final double ALIGNED = 0.95;
  private static final List<Corruption> ALL = List.of(Corruption.values());
  private static final int CORRUPTIONS = ALL.size();

  @Override
  public String name() {
    return "imagenet-b";
  }

  @Override
  public String description() {
    return "Super-class × corruption of ten times 1,200 pictures of Tiny ImageNet, with ten corruptions of ImageNet-C at severity "
        + SEVERITY
        + ". Divided at random within each super-class: three fifths train the deployed model, 95 % of a super-class in its own"
        + " corruption and the others spread evenly; a fifth calibrates, each picture in one corruption and all corruptions equally"
        + " frequent; a fifth is measured on, each picture in all ten, so that all 100 groups are equally large.";
  }

  @Override
  public double asked() {
    return 0.5;
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return switch (size) {
      case SMALL ->
          new ImageScale(64, ImageScale.smallCnn(20, 5, true), ImageScale.smallCnn(20, 5, true));
      case FULL -> ImageScale.full(64);
    };
  }

  private static FacePack pack(Path data) {
    return FacePack.of(
        data, "tiny-imagenet-10super.tar.gz", "tiny-imagenet-10super-labels.csv.gz", FILE);
  }

  @Override
  public Path source(Path data) {
    return pack(data).archive();
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    FacePack pictures = pack(data);
    Table labels = pictures.labels(TARGET);
    ImagePack images = pictures.open();
    TensorColumn clean =
        (TensorColumn) pictures.withImages(labels, images, scale.side()).column(ImageRows.IMAGE);
    String[] classes = FacePack.values(labels, TARGET);
    List<String> names = List.copyOf(new TreeSet<>(List.of(classes)));
    int[] targets = Arrays.stream(classes).mapToInt(names::indexOf).toArray();
    LabelledSet every = everyCombination(clean, names, targets, seed);
    List<int[]> parts = Split.stratified(targets, seed, 0.6, 0.2, 0.2);
    SplittableRandom random = new SplittableRandom(seed);
    return new ImageRows(
        every.select(corrupted(parts.get(0), targets, ALIGNED, random)),
        every.select(corrupted(parts.get(1), targets, 1.0 / CORRUPTIONS, random)),
        every.select(inAllCorruptions(parts.get(2))),
        Optional.of(images));
  }

  /** Row 10·i + c is picture i in corruption c, which is made when it is read. */
  private static LabelledSet everyCombination(
      TensorColumn clean, List<String> names, int[] targets, long seed) {
    int rows = CORRUPTIONS * targets.length;
    int side = clean.shape().get(1);
    TensorColumn images =
        TensorColumn.of(
            ImageRows.IMAGE,
            clean.shape(),
            rows,
            (index, into, offset) -> {
              clean.read(index / CORRUPTIONS, into, offset);
              ALL.get(index % CORRUPTIONS).apply(into, offset, side, SEVERITY, seed * rows + index);
            });
    List<String> corruptions = ALL.stream().map(Corruption::title).toList();
    Table table =
        Table.of(
            List.of(
                images,
                new TextColumn(
                    TARGET,
                    names,
                    IntStream.range(0, rows).map(row -> targets[row / CORRUPTIONS]).toArray()),
                new TextColumn(
                    ATTRIBUTE,
                    corruptions,
                    IntStream.range(0, rows).map(row -> row % CORRUPTIONS).toArray())));
    return ImageRows.imagesOnly(Labelling.of(TARGET, List.of(ATTRIBUTE)).apply(table));
  }

  private static int[] corrupted(
      int[] pictures, int[] targets, double aligned, SplittableRandom random) {
    int[] classes = Arrays.stream(pictures).map(picture -> targets[picture]).toArray();
    int[] corruptions = AlignedValues.draw(classes, CORRUPTIONS, aligned, random);
    return IntStream.range(0, pictures.length)
        .map(i -> CORRUPTIONS * pictures[i] + corruptions[i])
        .toArray();
  }

  private static int[] inAllCorruptions(int[] pictures) {
    return Arrays.stream(pictures)
        .flatMap(picture -> IntStream.range(0, CORRUPTIONS).map(c -> CORRUPTIONS * picture + c))
        .toArray();
  }
}

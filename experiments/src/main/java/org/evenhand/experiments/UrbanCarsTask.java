package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Labelling;
import org.evenhand.images.ImagePack;

/**
 * Table III on the paper's own images, for whoever has them: UrbanCars (Li et al. 2023), urban or
 * country cars pasted on urban or country backgrounds beside urban or country objects, in the
 * folders that its authors' program writes. Its parts are given, so seeds only train anew.
 */
final class UrbanCarsTask implements ImageTask {
  static final String BACKGROUND = "background";
  static final String OBJECT = "object";

  private static final String CAR = "car";
  private static final String FILE = "file";

  private static final Pattern NAME =
      Pattern.compile(
          ".*(?<part>train|val|test)/obj-(?<car>urban|country)_bg-(?<background>urban|country)"
              + "_co_occur_obj-(?<object>urban|country)/[^/]+");

  @Override
  public String name() {
    return "urbancars";
  }

  @Override
  public String description() {
    return "Car × background × co-occurring object of UrbanCars, in its own parts: in 95 % of the images that train the deployed model the"
        + " background is the car's, and in 95 % the object; the validation part calibrates and the test part is measured on,"
        + " both with all groups equally large.";
  }

  @Override
  public double asked() {
    return 0.8;
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return switch (size) {
      case SMALL ->
          new ImageScale(64, ImageScale.smallCnn(20, 5, true), ImageScale.smallCnn(20, 5, true));
      case FULL -> ImageScale.full(256);
    };
  }

  @Override
  public Path source(Path data) {
    return data.resolve("images").resolve("urbancars");
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    FacePack cars = new FacePack(source(data), source(data), FILE);
    ImagePack images = cars.open();
    List<Matcher> named = named(images);
    Table table =
        cars.withImages(
            Table.of(
                List.of(
                    TextColumn.of(FILE, named.stream().map(Matcher::group).toList()),
                    column(CAR, named),
                    column(BACKGROUND, named),
                    column(OBJECT, named))),
            images,
            scale.side());
    List<String> attributes = List.of(BACKGROUND, OBJECT, BACKGROUND + "," + OBJECT);
    LabelledSet all = ImageRows.imagesOnly(Labelling.of(CAR, attributes).apply(table));
    return new ImageRows(
        part(all, named, "train"),
        part(all, named, "val"),
        part(all, named, "test"),
        Optional.of(images));
  }

  private static List<Matcher> named(ImagePack images) {
    List<Matcher> named = new ArrayList<>();
    for (String name : images.names()) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches()) {
        throw new ExperimentException(
            "The image '%s' in %s is in no folder of UrbanCars, such as bg-0.5_co_occur_obj-0.5/val/obj-urban_bg-urban_co_occur_obj-country."
                .formatted(name, images.path()));
      }
      named.add(matcher);
    }
    return named;
  }

  private static TextColumn column(String name, List<Matcher> named) {
    return TextColumn.of(name, named.stream().map(matcher -> matcher.group(name)).toList());
  }

  private static LabelledSet part(LabelledSet all, List<Matcher> named, String part) {
    return all.select(
        IntStream.range(0, all.rows())
            .filter(row -> named.get(row).group("part").equals(part))
            .toArray());
  }
}

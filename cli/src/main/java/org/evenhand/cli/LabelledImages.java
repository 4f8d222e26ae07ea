package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.TableOptions;
import org.evenhand.images.ImagePack;
import org.evenhand.images.ImageTable;
import org.evenhand.images.Preprocessing;
import org.evenhand.images.Thumbnail;
import org.evenhand.onnx.ImageModelExporter;
import org.evenhand.terminal.ProgressBar;

/** The images that a model reads beside their labels. They are there until this is closed. */
final class LabelledImages implements AutoCloseable {
  /** Pixels of a small picture's longer side. */
  private static final int SIDE = 64;

  private final ImageOptions options;
  private final PrintWriter log;
  private Optional<ImagePack> pack = Optional.empty();
  private Optional<Preprocessing> prepared = Optional.empty();

  LabelledImages(ImageOptions options, PrintWriter log) {
    this.options = options;
    this.log = log;
  }

  boolean given() {
    return options.given();
  }

  /**
   * The images with their labels; what was left out goes to the log.
   *
   * @param model has one input of images
   * @param rows reads the named columns, and those that have a role, of the file of labels
   */
  Table of(DeployedModel model, BiFunction<Set<String>, TableOptions, Table> rows) {
    Optional<String> described =
        Optional.ofNullable(model.metadata().get(ImageModelExporter.PREPROCESSING));
    InputColumn image = image(model.inputs());
    return of(model.inputs(), image, options.preprocessing(image, described), rows);
  }

  /**
   * The same for a model that is still to be trained.
   *
   * @param name of the column of images
   * @param how images are prepared
   * @param rows as above
   */
  Table of(String name, Preprocessing how, BiFunction<Set<String>, TableOptions, Table> rows) {
    InputColumn image = new InputColumn(name, Kind.TENSOR, how.shape());
    return of(List.of(image), image, how, rows);
  }

  private Table of(
      List<InputColumn> inputs,
      InputColumn image,
      Preprocessing how,
      BiFunction<Set<String>, TableOptions, Table> rows) {
    Table labels;
    ImagePack opened;
    if (options.pattern().isPresent()) {
      opened = open(Optional.empty());
      labels = options.labels(opened);
    } else {
      labels = labels(inputs, image, rows);
      opened = open(Optional.of(labels));
    }
    prepared = Optional.of(how);
    ImageTable images;
    try (ProgressBar progress = ProgressBar.on(log)) {
      images = options.table(labels, opened, image.name(), how, progress);
    }
    images.warnings().forEach(warning -> log.println("evenhand: warning: " + warning));
    log.flush();
    return images.table();
  }

  private static InputColumn image(List<InputColumn> inputs) {
    List<InputColumn> images =
        inputs.stream().filter(input -> input.kind() == Kind.TENSOR).toList();
    if (images.size() != 1) {
      throw new CliException(
          "--images is for a model with one input of images, but this one has %d."
              .formatted(images.size()));
    }
    return images.get(0);
  }

  /** How the images were prepared, as the metadata of a model's file say it; empty without any. */
  Map<String, String> described() {
    return prepared
        .map(how -> Map.of(ImageModelExporter.PREPROCESSING, how.text()))
        .orElse(Map.of());
  }

  /** The images' names are text, even if they are all digits. */
  private Table labels(
      List<InputColumn> inputs,
      InputColumn image,
      BiFunction<Set<String>, TableOptions, Table> rows) {
    Set<String> names = inputs.stream().map(InputColumn::name).collect(Collectors.toSet());
    names.remove(image.name());
    names.add(options.column());
    TableOptions types = TableOptions.of(inputs);
    Set<String> texts = new HashSet<>(types.textColumns());
    texts.add(options.column());
    return rows.apply(names, types.withTextColumns(texts));
  }

  private ImagePack open(Optional<Table> labels) {
    Set<String> needed =
        labels
            .map(table -> ((TextColumn) table.column(options.column())).dictionary())
            .map(Set::copyOf)
            .orElse(Set.of());
    ImagePack opened = options.open(name -> labels.isEmpty() || needed.contains(name));
    pack = Optional.of(opened);
    return opened;
  }

  /**
   * A small picture of a row's image (PNG).
   *
   * @param table rows of the table that these images are in
   */
  byte[] thumbnail(Table table, int row) {
    if (table.find(options.column()).orElse(null) instanceof TextColumn names) {
      return Thumbnail.png(pack.orElseThrow(), names.value(row), SIDE);
    }
    throw new CliException(
        "The images' names are in column '%s', which the model reads its images from; call that column something else to show pictures."
            .formatted(options.column()));
  }

  @Override
  public void close() {
    pack.ifPresent(ImagePack::close);
  }
}

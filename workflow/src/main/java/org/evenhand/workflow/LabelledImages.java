package org.evenhand.workflow;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.TableOptions;
import org.evenhand.images.FileNameLabels;
import org.evenhand.images.ImagePack;
import org.evenhand.images.ImageTable;
import org.evenhand.images.Preprocessing;
import org.evenhand.images.Thumbnail;
import org.evenhand.onnx.ImageModelExporter;

/** The images that a model reads beside their labels. They are there until this is closed. */
public final class LabelledImages implements AutoCloseable {
  /** Pixels of a small picture's longer side. */
  private static final int SIDE = 64;

  /** Share of a run that is behind when all images have been decoded. */
  private static final double END_OF_DECODING = 0.05;

  private final Optional<ImagesRequest> request;
  private final Notes notes;
  private Optional<ImagePack> pack = Optional.empty();
  private Optional<Preprocessing> prepared = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @param request the images, if the model reads any
   * @param notes told what was left out
   */
  public LabelledImages(Optional<ImagesRequest> request, Notes notes) {
    this.request = request;
    this.notes = notes;
  }

  boolean given() {
    return request.isPresent();
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
    return of(model.inputs(), image, preprocessing(image, described), rows);
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
    ImagesRequest asked = request.orElseThrow();
    if (asked.pattern().isPresent()) {
      opened = open(name -> true);
      labels = FileNameLabels.of(opened, asked.column(), asked.pattern().get());
    } else {
      labels = labels(inputs, image, rows);
      Set<String> needed = Set.copyOf(((TextColumn) labels.column(asked.column())).dictionary());
      opened = open(needed::contains);
    }
    prepared = Optional.of(how);
    ImageTable images;
    try (Notes.Watch progress = notes.watch(END_OF_DECODING)) {
      images =
          ImageTable.of(
              labels, asked.column(), opened, image.name(), how, asked.badImages(), progress);
    }
    images.warnings().forEach(notes::warn);
    return images.table();
  }

  /**
   * How images are prepared.
   *
   * @param input where the model reads them
   * @param described how, as the model's file says; empty if it does not
   */
  private Preprocessing preprocessing(InputColumn input, Optional<String> described) {
    Preprocessing how =
        described
            .map(Preprocessing::parse)
            .orElseGet(() -> Preprocessing.of(input, Preprocessing.Scale.BYTES));
    if (!input.takes(how.shape())) {
      throw new WorkflowException(
          "The model's file says that its images have shape %s, but its input '%s' takes %s; correct '%s' in the file's metadata."
              .formatted(
                  how.shape(), input.name(), input.shape(), ImageModelExporter.PREPROCESSING));
    }
    Preprocessing scaled = request.orElseThrow().scale().map(how::withScale).orElse(how);
    return input.whole() ? scaled.inWholeNumbers() : scaled;
  }

  /** The input that takes the images. */
  static InputColumn image(List<InputColumn> inputs) {
    List<InputColumn> images =
        inputs.stream().filter(input -> input.kind() == Kind.TENSOR).toList();
    if (images.size() != 1) {
      throw new WorkflowException(
          "Images are for a model with one input of images, but this one has %d."
              .formatted(images.size()));
    }
    return images.get(0);
  }

  /** How the images were prepared, as the metadata of a model's file say it; empty without any. */
  public Map<String, String> described() {
    return prepared
        .map(how -> Map.of(ImageModelExporter.PREPROCESSING, how.text()))
        .orElse(Map.of());
  }

  /** How the images were prepared; they have been read. */
  Preprocessing prepared() {
    return prepared.orElseThrow();
  }

  /**
   * What a row's image is called: its file, or where no column says that, its row.
   *
   * @param table all rows, in the order of their file
   */
  String name(Table table, int row) {
    return table.find(request.orElseThrow().column()).orElse(null) instanceof TextColumn names
        ? names.value(row)
        : "row " + (row + 1);
  }

  /** The images' names are text, even if they are all digits. */
  private Table labels(
      List<InputColumn> inputs,
      InputColumn image,
      BiFunction<Set<String>, TableOptions, Table> rows) {
    Set<String> names = inputs.stream().map(InputColumn::name).collect(Collectors.toSet());
    names.remove(image.name());
    String column = request.orElseThrow().column();
    names.add(column);
    TableOptions types = TableOptions.of(inputs);
    Set<String> texts = new HashSet<>(types.textColumns());
    texts.add(column);
    return rows.apply(names, types.withTextColumns(texts));
  }

  private ImagePack open(Predicate<String> needed) {
    ImagePack opened = ImagePack.open(request.orElseThrow().pack(), needed);
    pack = Optional.of(opened);
    return opened;
  }

  /**
   * A small picture of a row's image (PNG).
   *
   * @param table rows of the table that these images are in
   */
  byte[] thumbnail(Table table, int row) {
    String column = request.orElseThrow().column();
    if (table.find(column).orElse(null) instanceof TextColumn names) {
      return Thumbnail.png(pack.orElseThrow(), names.value(row), SIDE);
    }
    throw new WorkflowException(
        "The images' names are in column '%s', which the model reads its images from; call that column something else to show pictures."
            .formatted(column));
  }

  @Override
  public void close() {
    pack.ifPresent(ImagePack::close);
  }
}

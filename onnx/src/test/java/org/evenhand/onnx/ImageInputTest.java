package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Column;
import org.evenhand.core.CoreException;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputTest {
  private static final int ROWS = 37;
  private static final int OPEN = InputColumn.OPEN;

  private final Path path;
  private final float[] pixels = new float[3 * ROWS];

  ImageInputTest(@TempDir Path folder) {
    this.path = folder.resolve("model.onnx");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
  }

  /** A linear model of the three numbers of an image, whatever its shape. */
  private Path model(String input, int... shape) {
    SmallModel model = new SmallModel().input(input, ElementType.FLOAT, shape);
    String flat = model.builder.reshape(input, -1, 3);
    return model
        .dense(flat, "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(path, 13, 0);
  }

  /** The same of images of any size, of which the mean of each channel counts. */
  private Path modelOfAnySize() {
    SmallModel model = new SmallModel().input("image", ElementType.FLOAT, 3, OPEN, OPEN);
    model.then("GlobalAveragePool", "image", "means");
    return model
        .dense(model.builder.reshape("means", -1, 3), "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(path, 13, 0);
  }

  private TensorColumn images(String name, Integer... shape) {
    return TensorColumn.of(
        name,
        List.of(shape),
        ROWS,
        (index, into, offset) -> System.arraycopy(pixels, 3 * index, into, offset, 3));
  }

  private static double[] answers(Path path, OnnxOptions options, Table table) {
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      return ((Answers.Soft) model.answer(table)).logProbabilities();
    }
  }

  @Test
  void a_model_of_images_answers_as_one_of_the_same_numbers_in_columns() {
    double[] ofImages =
        answers(
            model("image", 3, 1, 1),
            OnnxOptions.defaults(),
            Table.of(List.of(images("image", 3, 1, 1))));

    List<Column> columns =
        IntStream.range(0, 3)
            .mapToObj(
                j ->
                    new NumericColumn(
                        "abc".substring(j, j + 1),
                        IntStream.range(0, ROWS).mapToDouble(row -> pixels[3 * row + j]).toArray()))
            .collect(Collectors.toList());
    double[] ofNumbers =
        answers(
            model("x", 3),
            OnnxOptions.of(ModelContract.none().withFeatures(List.of("a", "b", "c"))),
            Table.of(columns));
    assertThat(ofImages).hasSize(3 * ROWS).isEqualTo(ofNumbers);
  }

  @Test
  void answers_do_not_depend_on_batch_size_threads_or_the_order_of_rows() {
    model("image", 1, 3, 1);
    Table table = Table.of(List.of(images("image", 1, 3, 1)));
    double[] expected = answers(path, OnnxOptions.defaults(), table);

    for (int batch : new int[] {1, 5, 36}) {
      for (int threads : new int[] {1, 2}) {
        OnnxOptions options = OnnxOptions.defaults().withBatchSize(batch).withThreads(threads);
        assertThat(answers(path, options, table)).isEqualTo(expected);
      }
    }
    int[] backwards = IntStream.range(0, ROWS).map(row -> ROWS - 1 - row).toArray();
    double[] reversed = answers(path, OnnxOptions.defaults(), table.select(backwards));
    for (int row = 0; row < ROWS; row++) {
      for (int k = 0; k < 3; k++) {
        assertThat(reversed[3 * (ROWS - 1 - row) + k]).isEqualTo(expected[3 * row + k]);
      }
    }
  }

  @Test
  void the_inputs_say_that_images_are_read_and_of_what_shape() {
    try (OnnxClassifier model = OnnxClassifier.open(modelOfAnySize())) {
      assertThat(model.inputs())
          .containsExactly(
              new InputColumn("image", InputColumn.Kind.TENSOR, List.of(3, OPEN, OPEN)));
    }
  }

  @Test
  void an_open_height_and_width_take_images_of_any_size() {
    Table table = Table.of(List.of(images("image", 3, 1, 1)));
    double[] expected = answers(model("image", 3, 1, 1), OnnxOptions.defaults(), table);

    assertThat(answers(modelOfAnySize(), OnnxOptions.defaults(), table)).isEqualTo(expected);
  }

  @Test
  void images_of_another_shape_are_refused() {
    model("image", 3, 1, 1);

    assertThatThrownBy(
            () ->
                answers(path, OnnxOptions.defaults(), Table.of(List.of(images("image", 1, 3, 1)))))
        .isInstanceOf(EvenhandException.class)
        .hasMessage(
            "Column 'image' holds tensors of shape [1, 3, 1], but the model reads [3, 1, 1] from it (-1 stands for any size).");
  }

  @Test
  void features_do_not_go_with_images() {
    model("image", 3, 1, 1);

    assertThatThrownBy(
            () ->
                OnnxClassifier.open(
                    path,
                    OnnxOptions.of(ModelContract.none().withFeatures(List.of("a", "b", "c")))))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Columns of numbers are named, but the model's input 'image' takes an image of shape [3, 1, 1] per row; name none.");
  }

  @Test
  void many_dimensions_of_text_are_refused() {
    new SmallModel()
        .input("image", ElementType.STRING, 3, 1, 1)
        .then("Identity", "image", "out")
        .output("out", ElementType.STRING, 3, 1, 1)
        .write(path, 13, 0);

    assertThatThrownBy(() -> OnnxClassifier.open(path))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "The model's input 'image' has 4 dimensions of type string; tables fill inputs of shape [N], [N,1] or [N,d], and images inputs of numbers with more dimensions.");
  }

  @Test
  void images_of_bytes_must_be_whole_numbers() {
    SmallModel model = new SmallModel().input("image", ElementType.UINT8, 3, 1, 1);
    String numbers = model.builder.cast("image", ElementType.FLOAT);
    model
        .dense(model.builder.reshape(numbers, -1, 3), "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(path, 13, 0);

    try (OnnxClassifier bytes = OnnxClassifier.open(path)) {
      assertThat(bytes.inputs())
          .containsExactly(
              new InputColumn("image", InputColumn.Kind.TENSOR, List.of(3, 1, 1), true));
      assertThatThrownBy(() -> bytes.answer(Table.of(List.of(images("image", 3, 1, 1)))))
          .isInstanceOf(OnnxException.class)
          .hasMessage(
              "The image in row 0 holds %s, but the model's input 'image' takes whole numbers (uint8) only, such as pixels from 0 to 255 that are not scaled."
                  .formatted(pixels[0]));
    }
  }

  /** The batch dimension of this file is fixed to 1. */
  @Test
  void a_given_model_of_digits_recognises_them() throws IOException {
    Path data = TestData.folder();
    byte[] digits = idx(data.resolve("mnist/t10k-images-idx3-ubyte.gz"), 16);
    byte[] labels = idx(data.resolve("mnist/t10k-labels-idx1-ubyte.gz"), 8);
    int rows = 1000;

    try (OnnxClassifier model =
        OnnxClassifier.open(
            data.resolve("models/mnist-8.onnx"), OnnxOptions.defaults().withThreads(2))) {
      TensorColumn images =
          TensorColumn.of(
              model.inputs().get(0).name(),
              model.inputs().get(0).shape(),
              rows,
              (index, into, offset) -> {
                for (int i = 0; i < 784; i++) {
                  into[offset + i] = digits[784 * index + i] & 0xff;
                }
              });
      int[] decided = model.answer(Table.of(List.of(images))).decisions(DecisionRule.MOST_PROBABLE);

      assertThat(IntStream.range(0, rows).filter(row -> decided[row] == labels[row]).count())
          .isGreaterThan(980);
    }
  }

  private static byte[] idx(Path file, int header) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    }
  }

  @Test
  void a_given_network_with_channels_last_says_its_shape() {
    try (OnnxClassifier model =
        OnnxClassifier.open(TestData.folder().resolve("models/squeezenet_cifar10.onnx"))) {
      assertThat(model.inputs().get(0).shape()).containsExactly(32, 32, 3);
      assertThat(model.classes().size()).isEqualTo(10);
    }
  }

  @Test
  void the_given_network_of_faces_answers_gender_and_not_age() {
    try (OnnxClassifier model =
        OnnxClassifier.open(TestData.folder().resolve("models/face-api-age-gender.onnx"))) {
      assertThat(model.inputs())
          .containsExactly(new InputColumn("image", InputColumn.Kind.TENSOR, List.of(3, 112, 112)));
      assertThat(model.describe()).contains("'probabilities'");
      assertThat(model.classes().size()).isEqualTo(2);
    }
  }
}

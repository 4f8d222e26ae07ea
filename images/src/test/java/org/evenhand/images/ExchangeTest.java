package org.evenhand.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.data.DataException;
import org.evenhand.images.Preprocessing.Channels;
import org.evenhand.images.Preprocessing.Crop;
import org.evenhand.images.Preprocessing.Layout;
import org.evenhand.images.Preprocessing.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeTest {
  private static final int SIDE = 10;

  /** Image i is everywhere i. */
  private static Table plain(Layout layout) {
    List<Integer> shape = how(layout).shape();
    return Table.of(
        List.of(
            TextColumn.of("name", List.of("a", "b", "c")),
            TensorColumn.of(
                "image",
                shape,
                3,
                (index, into, offset) ->
                    Arrays.fill(into, offset, offset + 3 * SIDE * SIDE, index))));
  }

  private static Preprocessing how(Layout layout) {
    return new Preprocessing(SIDE, SIDE, Crop.NONE, Channels.RGB, layout, Scale.UNIT);
  }

  private static float[] image(Table table, int row) {
    TensorColumn images = (TensorColumn) table.column("image");
    float[] numbers = new float[images.size()];
    images.read(row, numbers, 0);
    return numbers;
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void every_square_comes_from_the_next_image_and_then_from_the_one_after_it(Layout layout) {
    Exchange exchange = new Exchange(how(layout));

    Table changed = exchange.changed(plain(layout), "image");

    // Squares of 2 pixels that overlap by 1: 9 across and down.
    int asked = 1 + 2 * 81;
    assertThat(exchange.asked()).isEqualTo(asked);
    assertThat(changed.rows()).isEqualTo(3 * asked);
    assertThat(image(changed, 0)).containsOnly(0);
    assertThat(image(changed, asked)).containsOnly(1);
    for (int change = 0; change < asked - 1; change++) {
      float other = change % 2 == 0 ? 2 : 0;
      int taken = 0;
      for (float number : image(changed, asked + 1 + change)) {
        assertThat(number).isIn(1f, other);
        taken += number == other ? 1 : 0;
      }
      assertThat(taken).isEqualTo(3 * 2 * 2);
    }
    assertThat(((TextColumn) changed.column("name")).value(asked)).isEqualTo("b");
  }

  @Test
  void two_images_take_from_each_other_and_one_alone_is_refused() {
    Exchange exchange = new Exchange(how(Layout.NCHW));
    Table two = exchange.changed(plain(Layout.NCHW).select(new int[] {0, 2}), "image");

    for (int change = 0; change < exchange.asked() - 1; change++) {
      assertThat(image(two, 1 + change)).contains(2);
    }
    assertThatThrownBy(() -> exchange.changed(plain(Layout.NCHW).select(new int[] {0}), "image"))
        .isInstanceOf(DataException.class)
        .hasMessage("Squares are exchanged between images, but there are 1; give two or more.");
  }

  /** A model that reads one pixel of the first channel, and nothing else. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void heat_lies_where_a_model_looks(Layout layout) {
    Preprocessing how = how(layout);
    Exchange exchange = new Exchange(how);
    Table changed = exchange.changed(plain(layout), "image");
    int y = 7;
    int x = 2;
    double[] answers = new double[2 * changed.rows()];
    for (int row = 0; row < changed.rows(); row++) {
      answers[2 * row + 1] = image(changed, row)[how.place(0, y, x)];
    }

    List<Heatmap> maps = exchange.maps(answers, 2);

    assertThat(maps).hasSize(3);
    // Image 0 takes from 1 and 2, so that its log-odds move by 1 and by 2.
    Heatmap first = maps.get(0);
    assertThat(first.largest()).isEqualTo(1.5, within(1e-6));
    assertThat(first.values()[y * SIDE + x]).isEqualTo(1.5f);
    assertThat(first.hottest().orElseThrow().across()).isEqualTo(0.25, within(1e-9));
    assertThat(first.hottest().orElseThrow().down()).isEqualTo(0.75, within(1e-9));
    assertThat(first.values()[0]).isZero();
  }

  @Test
  void what_is_the_same_for_all_classes_moves_nothing_and_the_largest_change_counts() {
    Exchange exchange = new Exchange(how(Layout.NCHW));
    double[] answers = new double[3 * exchange.asked()];
    for (int change = 1; change < exchange.asked(); change++) {
      answers[3 * change] = 7;
      answers[3 * change + 1] = 7 + change % 2;
      answers[3 * change + 2] = 7 - 2 * (change % 2);
    }

    // Every square is moved by 3 from one other image, by 0 from the other.
    assertThat(exchange.maps(answers, 3).get(0).values()).containsOnly(1.5f);
  }

  @Test
  void images_that_are_no_squares_are_reached_to_their_edges() {
    Preprocessing wide =
        new Preprocessing(13, 5, Crop.NONE, Channels.GREY, Layout.NCHW, Scale.UNIT);
    Exchange exchange = new Exchange(wide);
    double[] answers = new double[2 * exchange.asked()];
    for (int change = 1; change < exchange.asked(); change++) {
      answers[2 * change] = 1;
    }

    assertThat(exchange.maps(answers, 2).get(0).values()).hasSize(65).containsOnly(1f);
  }
}

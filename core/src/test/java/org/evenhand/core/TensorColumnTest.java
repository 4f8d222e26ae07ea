package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorColumnTest {
  private final List<Integer> asked = new ArrayList<>();

  /** Tensor i of shape [1,2] holds 10·i and 10·i + 1. */
  private final TensorColumn column =
      TensorColumn.of(
          "image",
          List.of(1, 2),
          4,
          (index, into, offset) -> {
            asked.add(index);
            into[offset] = 10 * index;
            into[offset + 1] = 10 * index + 1;
          });

  @Test
  void a_tensor_is_read_when_it_is_asked_for_and_where_it_is_wanted() {
    float[] into = new float[5];

    column.read(3, into, 2);

    assertThat(into).containsExactly(0, 0, 30, 31, 0);
    assertThat(asked).containsExactly(3);
  }

  @Test
  void selected_rows_are_the_sources_tensors_in_the_given_order_and_none_is_read() {
    TensorColumn selected = column.select(new int[] {3, 1, 3}).select(new int[] {1, 2});

    assertThat(asked).isEmpty();
    assertThat(selected.rows()).isEqualTo(2);
    float[] into = new float[4];
    selected.read(0, into, 0);
    selected.read(1, into, 2);
    assertThat(into).containsExactly(10, 11, 30, 31);
  }

  @Test
  void a_table_slices_tensors_like_any_other_column() {
    Table table = Table.of(List.of(new NumericColumn("age", new double[4]), column)).slice(2, 4);

    float[] into = new float[2];
    ((TensorColumn) table.column("image")).read(0, into, 0);

    assertThat(into).containsExactly(20, 21);
  }

  @Test
  void a_dimension_that_is_not_positive_is_refused() {
    assertThatThrownBy(() -> TensorColumn.of("image", List.of(3, 0), 1, (i, into, offset) -> {}))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Column 'image' has tensors of shape [3, 0]; every dimension must be positive.");
  }

  @Test
  void a_network_for_tables_refuses_tensors() {
    assertThatThrownBy(() -> TableEncoder.fit(Table.of(List.of(column))))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Column 'image' holds tensors, which a network for tables cannot read; leave it out, or train a network for images.");
  }

  private void assertRead(List<Integer> shape) {
    assertThatCode(() -> require(shape, column)).doesNotThrowAnyException();
  }

  private static void require(List<Integer> shape, Column column) {
    InputColumn input = new InputColumn("image", InputColumn.Kind.TENSOR, shape);
    InputColumn.requireAll(List.of(input), Table.of(List.of(column)));
  }

  @Test
  void an_input_takes_tensors_of_its_shape_and_open_dimensions_take_any_size() {
    assertRead(List.of(1, 2));
    assertRead(List.of(InputColumn.OPEN, 2));
    assertThatThrownBy(() -> require(List.of(InputColumn.OPEN, 3), column))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Column 'image' holds tensors of shape [1, 2], but the model reads [-1, 3] from it (-1 stands for any size).");
    assertThatThrownBy(() -> require(List.of(1, 1, 2), column))
        .isInstanceOf(CoreException.class)
        .hasMessageContaining("but the model reads [1, 1, 2] from it");
  }

  @Test
  void numbers_where_the_model_reads_tensors_are_refused_and_the_reverse() {
    assertThatThrownBy(() -> require(List.of(1, 2), new NumericColumn("image", new double[4])))
        .isInstanceOf(CoreException.class)
        .hasMessage("Column 'image' holds numbers, but the model reads tensors from it.");
    InputColumn number = new InputColumn("image", InputColumn.Kind.NUMBER);
    assertThatThrownBy(() -> InputColumn.requireAll(List.of(number), Table.of(List.of(column))))
        .isInstanceOf(CoreException.class)
        .hasMessage("Column 'image' holds tensors, but the model reads numbers from it.");
  }
}

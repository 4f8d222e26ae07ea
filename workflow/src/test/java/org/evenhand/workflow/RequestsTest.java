package org.evenhand.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.SecondTable;
import org.evenhand.data.Split;
import org.evenhand.unlearning.ExplanationSettings;
import org.evenhand.workflow.FlipRequest.Pairing;
import org.junit.jupiter.api.Test;

/** Requests are plain records that refuse what cannot be meant. */
class RequestsTest {
  private static final RowsRequest ROWS =
      RowsRequest.of(Path.of("people.csv"), Roles.of("repaid", List.of("gender")));

  private static WhiteBoxRequest whiteBox(String... flipped) {
    return WhiteBoxRequest.of(
        ModelSource.of(Path.of("model.onnx")), ROWS, FlipRequest.of(List.of(flipped)));
  }

  private static ExplainRequest explain(WhiteBoxRequest whiteBox, int top, boolean pictures) {
    return new ExplainRequest(
        whiteBox, BiasChoice.COUNTERFACTUAL, top, pictures, pictures, ExplanationSettings.DEFAULT);
  }

  @Test
  void a_column_is_flipped_once() {
    assertThatThrownBy(() -> FlipRequest.of(List.of("sex", "sex")))
        .isInstanceOf(WorkflowException.class)
        .hasMessage("The same column is to be flipped twice; name it once.");
  }

  @Test
  void pairs_of_rows_are_pairs_of_one_attribute() {
    assertThatThrownBy(
            () ->
                new FlipRequest(
                    List.of("sex", "race"), false, Map.of(), new Pairing.OtherRows(), 0.02))
        .hasMessage("Pairs of rows are pairs of one attribute; name one.");
  }

  @Test
  void bias_is_explained_for_one_attribute_by_at_least_one_row() {
    assertThatThrownBy(() -> explain(whiteBox("sex", "race"), 20, false))
        .hasMessage("Bias is explained for one attribute at a time; flip one.");
    assertThatThrownBy(() -> explain(whiteBox("sex"), 0, false))
        .hasMessage("0 rows cannot be looked at; ask for at least 1.");
    assertThatThrownBy(() -> explain(whiteBox("sex"), 20, true))
        .hasMessage("Rows without images cannot be shown with pictures.");
  }

  @Test
  void every_file_that_is_read_is_named_so_that_none_is_overwritten() {
    RowsRequest rows = ROWS.withApart(new SecondTable(Path.of("restricted.csv"), "id"));
    FlipRequest flips =
        new FlipRequest(
            List.of("sex"),
            false,
            Map.of(),
            new Pairing.Listed(Path.of("pairs.csv"), Optional.empty()),
            0.02);
    WhiteBoxRequest request =
        new WhiteBoxRequest(
            ModelSource.of(Path.of("model.onnx")),
            1,
            rows,
            Optional.of(ImagesRequest.of(Path.of("faces.zip"), "file")),
            Optional.of(Path.of("train.csv")),
            flips,
            500);

    assertThat(request.files())
        .containsExactlyInAnyOrder(
            Path.of("model.onnx"),
            Path.of("people.csv"),
            Path.of("restricted.csv"),
            Path.of("train.csv"),
            Path.of("faces.zip"),
            Path.of("pairs.csv"));
  }

  @Test
  void rows_are_those_of_the_split_that_is_named_else_of_the_usual_one_else_all() {
    Table parted = Table.of(List.of(TextColumn.of("split", List.of("train", "test", "test"))));
    Table whole = Table.of(List.of(TextColumn.of("region", List.of("coast", "hills", "coast"))));
    SplitChoice train = new SplitChoice(Optional.of("train"), Split.COLUMN);
    SplitChoice all = new SplitChoice(Optional.of(SplitChoice.ALL), Split.COLUMN);

    assertThat(SplitChoice.USUAL.rowsOf(parted, Split.TEST)).containsExactly(1, 2);
    assertThat(train.rowsOf(parted, Split.TEST)).containsExactly(0);
    assertThat(all.rowsOf(parted, Split.TEST)).containsExactly(0, 1, 2);
    assertThat(SplitChoice.USUAL.rowsOf(whole, Split.TEST))
        .containsExactly(IntStream.range(0, 3).toArray());
  }
}

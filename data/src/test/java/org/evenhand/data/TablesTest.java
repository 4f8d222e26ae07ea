package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  @Test
  void a_file_of_no_other_format_is_read_as_csv(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("people.txt"), "age;race\n34;x\n");

    assertThat(Tables.header(file, TableOptions.defaults())).containsExactly("age", "race");
    assertThat(Tables.read(file).names()).containsExactly("age", "race");
    assertThat(Tables.countable(file)).isEmpty();
  }

  @Test
  void a_models_columns_are_read_in_the_types_that_it_reads(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("people.csv"),
            "code,member,age,paid\n01,True,34,True\n2,FALSE,,False\n2, true ,1,True\n");
    List<InputColumn> inputs =
        List.of(
            new InputColumn("code", Kind.TEXT),
            new InputColumn("member", Kind.NUMBER),
            new InputColumn("age", Kind.NUMBER));

    Table table = Tables.read(file, inputs);

    InputColumn.requireAll(inputs, table);
    assertThat(((TextColumn) table.column("code")).dictionary()).containsExactly("01", "2");
    assertThat(((NumericColumn) table.column("member")).values()).containsExactly(1, 0, 1);
    assertThat(((NumericColumn) table.column("age")).values()).containsExactly(34, Double.NaN, 1);
    assertThat(((TextColumn) table.column("paid")).dictionary()).containsExactly("True", "False");
  }

  @Test
  void a_parquet_file_without_its_module_is_refused_with_the_modules_name() {
    assertThatThrownBy(() -> Tables.read(Path.of("People.PARQUET")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "People.PARQUET is a Parquet file, which needs the module evenhand-parquet; add it to the class path"
                + " or convert the file to CSV.");
  }
}

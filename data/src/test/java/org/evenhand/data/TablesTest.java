package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void a_parquet_file_without_its_module_is_refused_with_the_modules_name() {
    assertThatThrownBy(() -> Tables.read(Path.of("People.PARQUET")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "People.PARQUET is a Parquet file, which needs the module evenhand-parquet; add it to the class path"
                + " or convert the file to CSV.");
  }
}

package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClassesTest {
  @Test
  void a_class_is_found_by_its_name() {
    assertThat(Classes.of("no", "yes").indexOf("yes")).hasValue(1);
    assertThat(Classes.of("no", "yes").indexOf("Yes")).isEmpty();
  }

  @Test
  void whole_numbers_are_the_same_however_they_are_written() {
    assertThat(Classes.of("0", "1").indexOf("1.0")).hasValue(1);
    assertThat(Classes.of("0.0", "1.0").indexOf("1")).hasValue(1);
    assertThat(Classes.of("0", "1").indexOf("1.5")).isEmpty();
  }

  @Test
  void an_exact_name_comes_before_one_written_differently() {
    assertThat(Classes.of("1.0", "1").indexOf("1")).hasValue(1);
  }

  @Test
  void one_class_and_two_of_one_name_are_refused() {
    assertThatThrownBy(() -> Classes.of("yes"))
        .isInstanceOf(CoreException.class)
        .hasMessage("A classifier needs at least two classes, but the only one is [yes].");
    assertThatThrownBy(() -> Classes.of("yes", "yes"))
        .isInstanceOf(CoreException.class)
        .hasMessage("Two classes share a name in [yes, yes].");
  }
}

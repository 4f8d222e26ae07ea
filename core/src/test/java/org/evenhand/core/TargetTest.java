package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TargetTest {
  private static final Classes CLASSES = Classes.of("no", "yes");

  @Test
  void all_true_classes_are_known_or_none_is() {
    assertThat(new Target("y", CLASSES, new int[] {0, 1}).known()).isTrue();
    assertThat(Target.unknown(CLASSES, 2).known()).isFalse();
    assertThat(Target.unknown(CLASSES, 2).select(new int[] {1}).known()).isFalse();
    assertThatThrownBy(() -> new Target("y", CLASSES, new int[] {0, Target.UNKNOWN}))
        .isInstanceOf(CoreException.class)
        .hasMessage("Target 'y' has code -1 in row 2, but only codes 0 to 1 have a name.");
  }
}

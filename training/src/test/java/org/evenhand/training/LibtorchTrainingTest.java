package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.evenhand.core.Head;
import org.evenhand.core.ImageTraining;
import org.evenhand.core.ImageTrainingSettings;
import org.evenhand.core.Progress;
import org.junit.jupiter.api.Test;

class LibtorchTrainingTest {
  private static ImageTrainingSettings settings(String network, int epochs, String device) {
    return new ImageTrainingSettings(
        network, Optional.empty(), 64, epochs, false, device, 1, Optional.empty());
  }

  private static ImageTraining found() {
    return ImageTraining.find().orElseThrow();
  }

  @Test
  void the_module_is_found_at_run_time() {
    assertThat(found()).isInstanceOf(LibtorchTraining.class);
  }

  @Test
  void a_trainer_says_what_it_trains() {
    assertThat(
            found()
                .models("Unfair", Head.Link.SOFTMAX, settings("resnet18", 7, "cpu"))
                .description())
        .isEqualTo("unfair, resnet18, at most 7 epochs");
  }

  @Test
  void settings_are_refused_before_anything_is_trained() {
    assertThatThrownBy(() -> found().patches(settings("small-cnn", 0, "cpu"), Progress.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The number of epochs is 0; it must be at least 1.");
    assertThatThrownBy(() -> found().patches(settings("vgg", 1, "cpu"), Progress.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("There is no backbone 'vgg'");
    assertThatThrownBy(() -> found().patches(settings("mlp", 1, "tpu"), Progress.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("There is no device 'tpu'");
    assertThatThrownBy(() -> found().models("fair", Head.Link.SOFTMAX, settings("mlp", 1, "cpu")))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("There is no kind of model 'fair'");
  }
}

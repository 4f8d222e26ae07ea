package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  private static final TrainingSettings SETTINGS =
      TrainingSettings.of(Backbone.of("small-cnn", 16));

  @Test
  void backbones_have_names() {
    assertThat(Backbone.of("ResNet18", 64)).isEqualTo(new Backbone.ResNet(18, 64));
    assertThat(Backbone.of("resnet34", 8)).isEqualTo(new Backbone.ResNet(34, 8));
    assertThat(Backbone.of("small-cnn", 16)).isEqualTo(new Backbone.SmallCnn(16));
    assertThat(Backbone.of("mlp", 100)).isEqualTo(new Backbone.Mlp(List.of(100, 100)));
    assertThat(Backbone.of("ViT", 64)).isEqualTo(new Backbone.Vit(8, 64, 4, 4));
  }

  @Test
  void the_heads_of_a_transformer_divide_its_width_whatever_that_is() {
    assertThat(Backbone.of("vit", 8)).isEqualTo(new Backbone.Vit(8, 8, 4, 1));
    assertThat(Backbone.of("vit", 50)).isEqualTo(new Backbone.Vit(8, 50, 4, 2));
    assertThat(Backbone.of("vit", 53)).isEqualTo(new Backbone.Vit(8, 53, 4, 1));
  }

  @Test
  void a_transformer_without_sense_is_refused() {
    assertThatThrownBy(() -> new Backbone.Vit(8, 50, 4, 3))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "A vision transformer of width 50 cannot divide it among 3 heads; the width must be a multiple of them.");
    assertThatThrownBy(() -> new Backbone.Vit(0, 48, 4, 3))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "A vision transformer needs patches, blocks and heads, but patches of 0 pixels, 4 blocks and 3 heads were asked for.");
    assertThatThrownBy(() -> Backbone.of("vit", 0))
        .hasMessage("A backbone of width 0 has no units; the width must be at least 1.");
  }

  @Test
  void a_backbone_that_is_not_there_is_answered_by_those_that_are() {
    assertThatThrownBy(() -> Backbone.of("vgg", 64))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "There is no backbone 'vgg'; the backbones are resnet18, resnet34, small-cnn, mlp and vit.");
  }

  @Test
  void a_backbone_without_units_is_refused() {
    assertThatThrownBy(() -> Backbone.of("resnet18", 0))
        .hasMessage("A backbone of width 0 has no units; the width must be at least 1.");
  }

  @Test
  void a_device_that_is_not_there_is_answered_by_those_that_are() {
    assertThatThrownBy(() -> new Device("gpu"))
        .isInstanceOf(TrainingException.class)
        .hasMessage("There is no device 'gpu'; the devices are cpu, cuda and cuda:0, cuda:1, …");
  }

  @Test
  void settings_out_of_their_range_are_refused() {
    assertThatThrownBy(() -> SETTINGS.withEpochs(0, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The number of epochs is 0; it must be at least 1.");
    assertThatThrownBy(() -> SETTINGS.withSteps(128, 0, 0))
        .hasMessage("The learning rate is 0.0; it must be finite and positive.");
    assertThatThrownBy(() -> SETTINGS.withHeldOut(1))
        .hasMessage("The share held out is 1.0; it must be at least 0 and below 1.");
  }
}

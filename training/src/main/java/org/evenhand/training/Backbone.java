package org.evenhand.training;

import java.util.List;
import java.util.Locale;

/** The part of a network that makes features of an image; a dense layer follows it. */
public sealed interface Backbone {
  /** What users call it. */
  String name();

  /**
   * Residual networks of basic blocks (He et al. 2016), layer by layer those of torchvision: a 7×7
   * convolution of stride 2, max pooling, four stages that double the channels, global average
   * pooling.
   *
   * @param depth 18 or 34
   * @param width channels of the first stage; 64 is torchvision's
   */
  record ResNet(int depth, int width) implements Backbone {
    /**
     * @throws TrainingException if there is no such depth or the width is not positive
     */
    public ResNet {
      if (depth != 18 && depth != 34) {
        throw new TrainingException(
            "There is no ResNet of depth %d here; there are 18 and 34.".formatted(depth));
      }
      requireWidth(width);
    }

    @Override
    public String name() {
      return "resnet" + depth;
    }
  }

  /**
   * A small convolutional network for images of 28 to 64 pixels: four 3×3 convolutions of stride 2,
   * each with batch normalisation and twice the channels of the one before, then global average
   * pooling.
   *
   * @param width channels of the first convolution
   */
  record SmallCnn(int width) implements Backbone {
    /**
     * @throws TrainingException if the width is not positive
     */
    public SmallCnn {
      requireWidth(width);
    }

    @Override
    public String name() {
      return "small-cnn";
    }
  }

  /**
   * A perceptron over all pixels, with rectifiers.
   *
   * @param hidden sizes of the hidden layers, at least one
   */
  record Mlp(List<Integer> hidden) implements Backbone {
    /**
     * @throws TrainingException if there is no layer, or a size is not positive
     */
    public Mlp {
      hidden = List.copyOf(hidden);
      if (hidden.isEmpty()) {
        throw new TrainingException("A perceptron over pixels needs at least one hidden layer.");
      }
      hidden.forEach(Backbone::requireWidth);
    }

    @Override
    public String name() {
      return "mlp";
    }
  }

  /**
   * The backbone of that name.
   *
   * @param name {@code resnet18}, {@code resnet34}, {@code small-cnn} or {@code mlp}, which has two
   *     hidden layers
   * @param width channels of the first stage, or units of each hidden layer; at least 1
   * @throws TrainingException if there is none of that name or the width is not positive
   */
  static Backbone of(String name, int width) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "resnet18" -> new ResNet(18, width);
      case "resnet34" -> new ResNet(34, width);
      case "small-cnn" -> new SmallCnn(width);
      case "mlp" -> new Mlp(List.of(width, width));
      default ->
          throw new TrainingException(
              "There is no backbone '%s'; the backbones are resnet18, resnet34, small-cnn and mlp."
                  .formatted(name));
    };
  }

  private static void requireWidth(int width) {
    if (width < 1) {
      throw new TrainingException(
          "A backbone of width %d has no units; the width must be at least 1.".formatted(width));
    }
  }
}

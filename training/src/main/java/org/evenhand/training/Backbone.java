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
   * A vision transformer (Dosovitskiy et al. 2021): square patches become tokens, to which learned
   * embeddings of their places are added; blocks of attention and of a perceptron with four times
   * the width follow, each behind a layer normalisation, and a last normalisation. Features are the
   * mean of all tokens. A class token of its own does no better (their appendix D.3; Beyer et al.
   * 2022), would be one more kind of layer, and would stand beside the places of the image wherever
   * tokens are summed up.
   *
   * @param patch side of a patch in pixels, which has to divide both sides of an image
   * @param width of a token, a multiple of the heads
   * @param depth number of blocks
   * @param heads of attention in every block
   */
  record Vit(int patch, int width, int depth, int heads) implements Backbone {
    /** Numbers of a head at least, where a token has so many. */
    private static final int HEAD_SIZE = 16;

    /**
     * @throws TrainingException if a number is not positive, or the heads do not divide the width
     */
    public Vit {
      requireWidth(width);
      if (patch < 1 || depth < 1 || heads < 1) {
        throw new TrainingException(
            "A vision transformer needs patches, blocks and heads, but patches of %d pixels, %d blocks and %d heads were asked for."
                .formatted(patch, depth, heads));
      }
      if (width % heads != 0) {
        throw new TrainingException(
            "A vision transformer of width %d cannot divide it among %d heads; the width must be a multiple of them."
                .formatted(width, heads));
      }
    }

    /** Patches of 8 pixels and four blocks: for images of 48 to 64 pixels and a few cores. */
    static Vit ofWidth(int width) {
      requireWidth(width);
      int heads = Math.max(1, width / HEAD_SIZE);
      while (width % heads != 0) {
        heads--;
      }
      return new Vit(8, width, 4, heads);
    }

    @Override
    public String name() {
      return "vit";
    }
  }

  /**
   * The backbone of that name.
   *
   * @param name {@code resnet18}, {@code resnet34}, {@code small-cnn}, {@code mlp}, which has two
   *     hidden layers, or {@code vit}, which has patches of 8 pixels, four blocks and heads of 16
   *     numbers or few more
   * @param width channels of the first stage, units of each hidden layer, or numbers of a token; at
   *     least 1
   * @throws TrainingException if there is none of that name or the width is not positive
   */
  static Backbone of(String name, int width) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "resnet18" -> new ResNet(18, width);
      case "resnet34" -> new ResNet(34, width);
      case "small-cnn" -> new SmallCnn(width);
      case "mlp" -> new Mlp(List.of(width, width));
      case "vit" -> Vit.ofWidth(width);
      default ->
          throw new TrainingException(
              "There is no backbone '%s'; the backbones are resnet18, resnet34, small-cnn, mlp and vit."
                  .formatted(name));
    };
  }

  /**
   * The width that a backbone usually has: 64 for residual networks, as they were published, and
   * for transformers, else 16.
   *
   * @param name as in {@link #of}
   */
  static int usualWidth(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "resnet18", "resnet34", "vit" -> 64;
      default -> 16;
    };
  }

  private static void requireWidth(int width) {
    if (width < 1) {
      throw new TrainingException(
          "A backbone of width %d has no units; the width must be at least 1.".formatted(width));
    }
  }
}

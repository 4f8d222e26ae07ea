package org.evenhand.experiments;

import java.util.List;
import java.util.stream.Stream;
import org.evenhand.core.Head;
import org.evenhand.training.ModelKind;

/**
 * A model to train, which is then treated as if somebody else had deployed it.
 *
 * @param title what tells it from the others of its experiment, on the command line and on pages
 * @param kind how it is trained
 * @param recipe its network
 * @param link its end
 */
record Deployed(String title, ModelKind kind, ImageScale.Recipe recipe, Head.Link link) {
  /**
   * In these tasks knowing the target nearly tells the attribute, so that an adversary of weight 1
   * or more also drives the target out of the features: at 2 a model of Colored MNIST guesses.
   */
  private static final ModelKind ADVERSARIAL = new ModelKind.Adversarial(0.5, 300);

  /** Under a softmax, trained for the target alone. */
  static Deployed vanilla(String title, ImageScale.Recipe recipe) {
    return new Deployed(title, ModelKind.of("vanilla"), recipe, Head.Link.SOFTMAX);
  }

  /** One of every kind that the paper measures. */
  static List<Deployed> ofEveryKind(ImageScale.Recipe recipe) {
    return Stream.of(
            ModelKind.of("vanilla"),
            ADVERSARIAL,
            ModelKind.of("contrastive"),
            ModelKind.of("unfair"))
        .map(kind -> new Deployed(kind.name(), kind, recipe, Head.Link.SOFTMAX))
        .toList();
  }

  /** All that training reads beside images, in words; a softmax goes without saying. */
  String identity() {
    return link == Head.Link.SOFTMAX ? kind.toString() : "%s %s".formatted(kind, link);
  }
}

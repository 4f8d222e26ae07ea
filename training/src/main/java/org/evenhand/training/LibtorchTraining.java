package org.evenhand.training;

import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.ImageTraining;
import org.evenhand.core.ImageTrainingSettings;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;

/** Makes {@link ImageTraining#find} find this module. */
public final class LibtorchTraining implements ImageTraining {
  /** For {@link java.util.ServiceLoader}. */
  public LibtorchTraining() {}

  /**
   * {@inheritDoc}
   *
   * @throws TrainingException if a setting is out of its range
   */
  @Override
  public PatchTrainer patches(ImageTrainingSettings settings, Progress progress) {
    return new ImagePatchTrainer(settings(settings), progress);
  }

  /**
   * {@inheritDoc}
   *
   * @throws TrainingException if there is no such kind or a setting is out of its range
   */
  @Override
  public ModelTrainer models(String kind, Head.Link end, ImageTrainingSettings settings) {
    return new Models(ModelKind.of(kind), end, settings(settings));
  }

  private static TrainingSettings settings(ImageTrainingSettings asked) {
    String network = asked.network();
    int width = asked.width().orElseGet(() -> Backbone.usualWidth(network));
    TrainingSettings usual = TrainingSettings.of(Backbone.of(network, width));
    TrainingSettings settings =
        usual
            .withLargestSide(asked.largestSide())
            .withEpochs(asked.epochs(), usual.patience())
            .withFlips(asked.mirrored())
            .withDevice(new Device(asked.device()), asked.threads());
    return asked.checkpoints().map(settings::withCheckpoints).orElse(settings);
  }

  private record Models(ModelKind kind, Head.Link end, TrainingSettings settings)
      implements ModelTrainer {
    @Override
    public String description() {
      return "%s, %s, at most %d epochs"
          .formatted(kind.name(), settings.backbone().name(), settings.epochs());
    }

    @Override
    public ImageNetwork train(LabelledSet set, String attribute, long seed, Progress progress) {
      return DeployedTraining.train(set, attribute, kind, end, settings, seed, progress);
    }
  }
}

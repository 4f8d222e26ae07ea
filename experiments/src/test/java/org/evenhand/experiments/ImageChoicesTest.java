package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.experiments.ImageChoices.Size;
import org.evenhand.training.Device;
import org.evenhand.training.ModelKind;
import org.junit.jupiter.api.Test;

class ImageChoicesTest {
  private static final List<Deployed> ALL = Deployed.ofEveryKind(ImageScale.smallCnn(10, 3, false));

  @Test
  void all_models_are_trained_with_the_usual_number_of_seeds_unless_told_otherwise() {
    assertThat(kinds().seeds(ALL, 3).entrySet())
        .extracting(each -> each.getKey().kind(), Map.Entry::getValue)
        .containsExactly(
            tuple(ModelKind.of("vanilla"), 3),
            tuple(new ModelKind.Adversarial(0.5, 300), 3),
            tuple(ModelKind.of("contrastive"), 3),
            tuple(ModelKind.of("unfair"), 3));
  }

  @Test
  void a_model_may_have_its_own_number_of_seeds() {
    assertThat(kinds("unfair", "Vanilla=5").seeds(ALL, 1))
        .containsExactly(Map.entry(ALL.get(3), 1), Map.entry(ALL.get(0), 5));
  }

  @Test
  void a_number_of_seeds_that_is_none_is_refused() {
    for (String kind : List.of("vanilla=0", "vanilla=", "vanilla=many", "vanilla=-1")) {
      assertThatExceptionOfType(ExperimentException.class)
          .isThrownBy(() -> kinds(kind).seeds(ALL, 1))
          .withMessage(
              "In --kinds, '%s' should say how many seeds after '=': vanilla=3, for example."
                  .formatted(kind));
    }
  }

  @Test
  void an_unknown_model_is_refused_with_those_that_there_are() {
    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(() -> kinds("fair").seeds(ALL, 1))
        .withMessage(
            "In --kinds, 'fair' is none of the models of this experiment: vanilla, adversarial, contrastive, unfair.");
  }

  @Test
  void a_task_must_be_one_of_those_that_there_are() {
    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(() -> kinds().task())
        .withMessage(
            "Name a task of Table I with --task: colored-mnist, celeba-bignose, celeba-blond, celeba-attractive, utkface, waterbirds, imagenet-b, backdoor.");
    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(() -> choices(Optional.of("celeba"), List.of()).task())
        .withMessage(
            "There is no task 'celeba' of Table I; choose one of: colored-mnist, celeba-bignose, celeba-blond, celeba-attractive, utkface, waterbirds, imagenet-b, backdoor.");
  }

  @Test
  void colored_mnist_may_be_asked_for_at_another_severity() {
    assertThat(choices(Optional.of("colored-mnist=0.995"), List.of()).task())
        .isEqualTo(new ColoredMnistTask(0.995))
        .extracting(ImageTask::name)
        .isEqualTo("colored-mnist-0.995");
    for (String share : List.of("", "1", "0.05", "99", "0.9x")) {
      assertThatExceptionOfType(ExperimentException.class)
          .isThrownBy(() -> choices(Optional.of("colored-mnist=" + share), List.of()).task())
          .withMessage(
              "The severity of 'colored-mnist' is '%s'; it must be a share from 0.1 to below 1, such as 0.99."
                  .formatted(share));
    }
  }

  @Test
  void the_tasks_of_celeba_may_be_asked_for_at_another_severity() {
    assertThat(choices(Optional.of("celeba-attractive=0.1"), List.of()).task())
        .isEqualTo(new SeverityTask(CelebaTask.ATTRACTIVE, 0.1))
        .extracting(ImageTask::name)
        .isEqualTo("celeba-attractive-0.1");
    for (String ratio : List.of("", "0.0", "2", "-0.1", "10")) {
      assertThatExceptionOfType(ExperimentException.class)
          .isThrownBy(() -> choices(Optional.of("celeba-blond=" + ratio), List.of()).task())
          .withMessage(
              "The severity of 'celeba-blond' is '%s'; it must be a ratio of the rarer to the more frequent class above 0, such as 0.1."
                  .formatted(ratio));
    }
  }

  @Test
  void experiments_with_models_of_their_own_have_no_tasks_and_kinds_to_choose() {
    for (ImageChoices chosen :
        List.of(kinds("vanilla"), choices(Optional.of("utkface"), List.of()))) {
      assertThatExceptionOfType(ExperimentException.class)
          .isThrownBy(() -> chosen.requireOnlySize("unlearn-celeba"))
          .withMessage(
              "'unlearn-celeba' has tasks and models of its own; leave --task and --kinds out.");
    }
    assertThatNoException().isThrownBy(() -> kinds().requireOnlySize("unlearn-celeba"));
  }

  private static ImageChoices kinds(String... kinds) {
    return choices(Optional.empty(), List.of(kinds));
  }

  private static ImageChoices choices(Optional<String> task, List<String> kinds) {
    return new ImageChoices(task, Size.SMALL, kinds, Path.of("work"), Device.CPU);
  }
}

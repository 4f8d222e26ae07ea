package org.evenhand.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.LabelledSet;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.PairChances;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Searchable;
import org.evenhand.repair.Twins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every method with several forms says of rows and their twins. */
class TwinAnswersTest {
  private static List<List<Candidate>> paired;
  private static List<List<Candidate>> unchanged;
  private static RepairTask task;

  @BeforeAll
  static void search(@TempDir Path folder) {
    DemoScene scene = DemoScene.simulated(folder, 1);
    RepairRequest.BlackBox box =
        new RepairRequest.BlackBox(
            ModelSource.of(scene.model(), scene.classes().names()),
            RowsRequest.of(scene.data(), Roles.of(scene.target(), List.of(scene.attribute()))),
            Optional.empty(),
            false,
            true,
            FlipRequest.of(List.of(scene.attribute())));
    try (CalibratedModel model =
        CalibratedModel.open(box, AuditSettings.DEFAULT, 0.5, 1, Notes.NONE)) {
      task = model.task();
      paired = candidates(task);
      unchanged = candidates(task.withTwins(themselves(task.twins().orElseThrow())));
    }
  }

  private static List<List<Candidate>> candidates(RepairTask of) {
    List<Repair> methods = Methods.OF_TABLES.withPairs(true).named(List.of("all"));
    return methods.stream()
        .filter(Searchable.class::isInstance)
        .map(method -> ((Searchable) method).candidates(of))
        .toList();
  }

  /** Twins of which only the label says that they are others. */
  private static Twins themselves(Twins twins) {
    LabelledSet rows = twins.pairs().factual();
    LabelledSet others = twins.pairs().counterfactual();
    return new Twins(
        new CounterfactualPairs(
            twins.pairs().attribute(),
            rows,
            new LabelledSet(rows.inputs(), rows.target(), others.attributes(), rows.weights()),
            twins.pairs().relation()),
        twins.rows(),
        (Answers.Soft) task.answers().select(twins.rows()));
  }

  @Test
  void the_methods_that_have_several_forms_are_all_asked() {
    assertThat(paired)
        .map(forms -> forms.get(0).method().code())
        .contains(
            "equal-odds",
            "erase",
            "value-thresholds",
            "bias-scores",
            "dfr",
            "unlearn-groups",
            "unlearn",
            "unlearn-then-erase");
  }

  @Test
  void the_chance_of_the_true_class_agrees_with_the_decision_about_the_row() {
    int[] targets = task.rows().target().codes();
    int[] rows = task.twins().orElseThrow().rows();
    for (List<Candidate> forms : paired) {
      for (Candidate form : forms) {
        double[] chances = form.pairs().orElseThrow().factual();
        for (int pair = 0; pair < rows.length; pair++) {
          if (Math.abs(chances[pair] - 0.5) > 1e-6) {
            assertThat(form.decisions()[rows[pair]] == targets[rows[pair]])
                .as("%s (%s), pair %d", form.method().code(), form.form(), pair)
                .isEqualTo(chances[pair] > 0.5);
          }
        }
      }
    }
  }

  @Test
  void a_twin_that_is_the_row_itself_is_given_the_same() {
    for (List<Candidate> forms : unchanged) {
      for (Candidate form : forms) {
        PairChances chances = form.pairs().orElseThrow();
        assertThat(chances.counterfactual())
            .as("%s (%s)", form.method().code(), form.form())
            .containsExactly(chances.factual(), within(1e-12));
      }
    }
  }

  @Test
  void a_twin_that_the_model_reads_is_given_something_else() {
    for (List<Candidate> forms : paired) {
      PairChances chances = forms.get(0).pairs().orElseThrow();
      assertThat(
              IntStream.range(0, chances.factual().length)
                  .mapToDouble(
                      pair -> Math.abs(chances.factual()[pair] - chances.counterfactual()[pair]))
                  .average()
                  .orElseThrow())
          .as(forms.get(0).method().code())
          .isGreaterThan(1e-4);
    }
  }
}

package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slips that people make in commands, options, columns and values. */
class MisspeltTest {
  private static Lending lending;

  @BeforeAll
  static void prepare(@TempDir Path folder) {
    lending = Lending.in(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "adit, '', audit",
    "Audit, '', audit",
    "audit, --mdoel=m.onnx, --model",
    "audit, --taget=repaid, --target",
    "audit, --attributes=gender, --attribute",
    "audit, --atribute=gender, --attribute",
    "audit, --min-groupsize=3, --min-group-size",
    "repair, --acess=inputs, --access",
    "erase, --ouput=fair.onnx, --output"
  })
  void commands_and_options(String command, String option, String meant) {
    List<String> line = new ArrayList<>(List.of(command));
    if (!option.isEmpty()) {
      line.add(option);
    }

    assertThat(Cli.run(line.toArray(String[]::new)).err())
        .contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({
    "audit, --min_group_size=30, --min-group-size",
    "audit, --scores_column, --scores-column",
    "audit, -data=people.csv, --data",
    "audit, target=repaid, --target",
    "audit, –model, --model",
    "audit, —tolerance=0.1, --tolerance",
    "audit, --Target=repaid, --target",
    "audit, --favourite=yes, --favourable",
    "audit, --failonbias, --fail-on-bias",
    "audit, --treshold=0.5, --threshold",
    "erase, --keep-class-priors, --keep-class-prior",
    "repair, --method=erase, --methods",
    "unlearn, --updates=all, --update"
  })
  void slips_of_the_hand(String command, String option, String meant) {
    assertThat(Cli.run(command, option).err()).contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({
    "check, audit",
    "fix, repair",
    "debias, repair",
    "mitigate, repair",
    "report, audit --report FILE",
    "un-learn, unlearn",
    "explain_decision, explain-decision"
  })
  void other_words_for_commands(String typed, String meant) {
    assertThat(Cli.run(typed).err()).contains("Did you mean '" + meant + "'?");
  }

  /** Of AIF360, Fairlearn, Aequitas and scikit-learn, and plain ones. */
  @ParameterizedTest
  @CsvSource({
    "--csv, --data",
    "--dataset, --data",
    "--label-column, --target",
    "--y-true, --target",
    "--y_true, --target",
    "--protected, --attribute",
    "--protected-attribute, --attribute",
    "--protected_attribute_names, --attribute",
    "--sensitive, --attribute",
    "--sensitive-features, --attribute",
    "--sensitive_features, --attribute",
    "--y_pred, --predictions-column",
    "--sample_weight, --weights-column",
    "--privileged-groups, --reference",
    "--ref_groups, --reference",
    "--pos_label, --favourable",
    "--control_features, --within",
    "--n_jobs, --threads"
  })
  void other_words_for_options(String typed, String meant) {
    assertThat(Cli.run("audit", typed + "=x").err())
        .isEqualTo(
            "evenhand: There is no option '%s'. Did you mean '%s'?%nTry 'evenhand audit --help'.%n"
                .formatted(typed, meant));
  }

  /** There is an option of this name, for the names of classes. */
  @Test
  void a_label_that_is_the_target() {
    assertThat(Cli.run("audit", "--label", "repaid", "--data", "d.csv").err())
        .contains(
            "'repaid' gives no class or value a name, as COLUMN.VALUE=TEXT does; the column of true"
                + " classes is named by --target");
  }

  @Test
  void every_other_word_leads_to_a_word_of_ours() {
    Set<String> options = new TreeSet<>();
    Evenhand.commandLine()
        .getSubcommands()
        .values()
        .forEach(command -> options.addAll(command.getCommandSpec().optionsMap().keySet()));

    assertThat(options).containsAll(OtherWords.OPTIONS.values());
    assertThat(Evenhand.commandLine().getSubcommands().keySet())
        .containsAll(
            OtherWords.COMMANDS.values().stream()
                .map(name -> name.replaceFirst(" .*", ""))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "repayed, gender, repaid",
    "repaid, Gender, gender",
    "repaid, gendre, gender",
  })
  void columns(String target, String attribute, String meant) {
    assertThat(audit("--target", target, "--attribute", attribute))
        .contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({
    "--favorable, Yes, yes",
    "--split, tset, test",
    "--reference, gender=femal, female",
  })
  void values(String option, String value, String meant) {
    assertThat(audit("--target", "repaid", "--attribute", "gender", option, value))
        .contains("Did you mean '" + meant + "'?");
  }

  private static String audit(String... options) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "audit",
                "--model",
                lending.model().toString(),
                "--data",
                lending.data().toString(),
                "--classes",
                "no,yes"));
    line.addAll(Arrays.asList(options));
    return Cli.run(line.toArray(String[]::new)).err();
  }
}

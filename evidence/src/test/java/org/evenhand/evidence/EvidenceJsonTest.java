package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.JsonFiles.assertHolds;
import static org.evenhand.evidence.JsonFiles.names;
import static org.evenhand.evidence.JsonFiles.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.ScoreBins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceJsonTest {
  @Test
  void an_audit_prints_exactly_the_documented_machine_output() {
    String printed =
        EvidencePack.machineOutput(
            Samples.auditEvidence(Samples.race(false), Samples.region()), Map.of());

    assertHolds("audit.json", printed);
  }

  @Test
  void evidence_of_a_repair_is_exactly_the_documented_file(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("evidence.json");

    EvidencePack.writeJson(Samples.repairEvidence(), outputs(), file);

    assertHolds("repair.json", Files.readString(file));
  }

  @Test
  void counterfactual_bias_stands_under_its_attribute_and_the_ranking_beside_the_attributes() {
    JsonNode json = parse(EvidencePack.machineOutput(CounterfactualSamples.evidence(), Map.of()));

    JsonNode race = json.at("/attributes/race/counterfactual_bias");
    assertThat(race.path("value").doubleValue()).isEqualTo(0.064);
    assertThat(race.path("verdict").textValue()).isEqualTo("BIASED");
    assertThat(race.path("class").textValue()).isEqualTo("yes");
    assertThat(race.at("/directions/1/change/value").doubleValue()).isEqualTo(-0.07);
    assertThat(race.has("group_gap")).isFalse();
    JsonNode region = json.at("/attributes/region/counterfactual_bias");
    assertThat(region.at("/group_gap/value").doubleValue()).isEqualTo(0.03);
    assertThat(region.path("relation").textValue()).isEqualTo("OTHER_INDIVIDUAL");
    assertThat(region.path("class").isNull()).isTrue();
    assertThat(json.path("counterfactual_ranking").findValues("value").get(0).doubleValue())
        .as("the largest first")
        .isEqualTo(0.064);
  }

  @Test
  void figures_from_gathered_scores_are_labelled_as_binned(@TempDir Path directory)
      throws IOException {
    Evidence.Audit exact = Samples.auditEvidence(Samples.race(false));
    Evidence binned =
        new Evidence.Audit(
            exact.commandLine(),
            exact.result().withScoreBins(new ScoreBins(1e-4, 0.00012345)),
            exact.provenance());
    Path file = directory.resolve("evidence.json");

    EvidencePack.writeJson(binned, Map.of(), file);

    JsonNode evidence = parse(Files.readString(file));
    JsonNode value = evidence.at("/attributes/race/values/0");
    assertThat(value.at("/auc/binned").booleanValue()).isTrue();
    assertThat(value.at("/auc/bin_width").doubleValue()).isEqualTo(1e-4);
    assertThat(value.at("/auc/error_at_most").doubleValue()).isEqualTo(0.00012345);
    assertThat(value.at("/calibration_error/binned").booleanValue()).isTrue();
    assertThat(value.at("/calibration_error").has("error_at_most")).isFalse();
    assertThat(value.at("/selection_rate").has("binned")).isFalse();
    assertThat(evidence.at("/cautions").toString())
        .contains(
            "Figures of scores, such as AUC and calibration error, are binned: scores were gathered in bins of width 0.0001 before they were measured, which moves no AUC by more than 0.00013. Every other");
  }

  @Test
  void the_keys_of_the_contract_come_in_a_fixed_order() {
    JsonNode audit =
        parse(EvidencePack.machineOutput(Samples.auditEvidence(Samples.race(false)), Map.of()));

    assertThat(names(audit)).startsWith("command", "rows", "model");
    assertThat(names(audit.at("/attributes/race")))
        .containsExactly(
            "average_group_accuracy",
            "worst_group_accuracy",
            "model_bias",
            "largest_gap",
            "verdict",
            "verdict_reason",
            "verdict_p_value",
            "verdict_adjusted_p_value",
            "explanation",
            "four_fifths",
            "reference",
            "known",
            "unknown",
            "by_probability",
            "groups",
            "not_judged",
            "values_elsewhere",
            "values");
    assertThat(names(audit.at("/attributes/race/model_bias")))
        .startsWith("value", "low", "high", "noise_floor");
  }

  @Test
  void fractions_survive_parsing_to_the_last_bit() {
    JsonNode audit =
        parse(EvidencePack.machineOutput(Samples.auditEvidence(Samples.race(false)), Map.of()));

    // 197 of 303 decisions, which no short decimal holds
    assertThat(audit.at("/attributes/race/groups/0/accuracy/value").doubleValue())
        .isEqualTo(197.0 / 303.0);
  }

  @Test
  void whole_counts_are_integers_and_weighted_ones_keep_their_fraction() {
    JsonNode whole =
        parse(EvidencePack.machineOutput(Samples.auditEvidence(Samples.race(false)), Map.of()));
    JsonNode weighted = parse(EvidencePack.machineOutput(Samples.manyGroups(), Map.of()));

    assertThat(whole.get("rows").isInt()).isTrue();
    assertThat(whole.get("rows").intValue()).isEqualTo(1056);
    assertThat(weighted.get("rows").doubleValue()).isEqualTo(9900.5);
  }

  @Test
  void what_is_unknown_is_null_with_its_reason_and_never_nan() {
    String printed = EvidencePack.machineOutput(Samples.auditEvidence(Samples.region()), Map.of());
    JsonNode bias = parse(printed).at("/attributes/region/model_bias");

    assertThat(bias.get("value").isNull()).isTrue();
    assertThat(bias.get("reason").textValue())
        .isEqualTo("Region 'North' has no row of class 'yes'.");
    assertThat(bias.get("noise_floor").isNull()).isTrue();
    assertThat(bias.get("p_value").isNull()).isTrue();
    assertThat(printed).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void an_interval_without_an_end_says_so() {
    JsonNode node = Json.estimate(new Estimate.Known(1.5, 0.5, Double.POSITIVE_INFINITY));

    assertThat(node.get("value").doubleValue()).isEqualTo(1.5);
    assertThat(node.get("high").isNull()).isTrue();
    assertThat(node.get("reason").textValue()).contains("no end");
  }

  @Test
  void recorded_answers_have_no_model_and_no_favourable_class_is_null() {
    JsonNode audit = parse(EvidencePack.machineOutput(Samples.manyGroups(), Map.of()));

    assertThat(audit.get("model").isNull()).isTrue();
    assertThat(audit.get("favourable").isNull()).isTrue();
  }

  @Test
  void a_repair_names_the_deployed_model_before_and_the_repaired_one_after() {
    JsonNode repair = parse(EvidencePack.machineOutput(Samples.repairEvidence(), outputs()));

    assertThat(names(repair))
        .containsExactly(
            "command",
            "method",
            "goal",
            "strength",
            "declined",
            "declined_reason",
            "findings",
            "harms",
            "people",
            "change",
            "before",
            "after",
            "measured_on",
            "outputs");
    assertThat(repair.at("/before/model/path").textValue()).isEqualTo("models/loans.onnx");
    assertThat(repair.at("/after/model/path").textValue()).isEqualTo("out/fused.onnx");
    assertThat(names(repair.get("outputs")))
        .containsExactly("model", "patch", "report", "evidence");
  }

  @Test
  void a_declined_repair_gives_its_reason_and_no_repaired_model() {
    JsonNode repair = parse(EvidencePack.machineOutput(Samples.declinedEvidence(), Map.of()));

    assertThat(repair.get("declined").booleanValue()).isTrue();
    assertThat(repair.get("declined_reason").textValue()).startsWith("Race cannot be read");
    assertThat(repair.at("/after/model").isNull()).isTrue();
    assertThat(repair.get("outputs")).isEmpty();
  }

  @Test
  void the_decisions_about_people_are_counted_with_a_direction_where_one_is_favourable() {
    JsonNode black =
        parse(EvidencePack.machineOutput(Samples.repairEvidence(), Map.of())).at("/people/0");

    assertThat(names(black))
        .containsExactly(
            "attribute",
            "value",
            "n",
            "changed",
            "to_favourable",
            "to_unfavourable",
            "became_right",
            "became_wrong");
    assertThat(black.get("became_right").intValue()).isEqualTo(51);
    assertThat(names(RepairJson.people(Samples.withoutFavourable()).get(0)))
        .doesNotContain("to_favourable", "to_unfavourable")
        .contains("changed", "became_wrong");
  }

  @Test
  void a_repair_without_candidates_has_no_such_key() {
    RepairRecord repair = Samples.repair(Optional.empty(), true, "");

    assertThat(names(RepairJson.of(repair))).contains("candidates");
    assertThat(names(RepairJson.of(Samples.withoutCandidates()))).doesNotContain("candidates");
  }

  @Test
  void an_audit_without_attributes_is_an_empty_object() {
    AuditResult audit =
        new AuditResult(
            10, Samples.YES_NO, "", Samples.known(0.5, 0.3), List.of(), AuditSettings.DEFAULT);

    JsonNode printed =
        parse(
            EvidencePack.machineOutput(
                new Evidence.Audit("evenhand audit", audit, Samples.provenance()), Map.of()));

    assertThat(printed.get("attributes").isObject()).isTrue();
    assertThat(printed.get("attributes")).isEmpty();
  }

  @Test
  void the_locale_changes_nothing() {
    Locale usual = Locale.getDefault();
    String expected = EvidencePack.machineOutput(Samples.repairEvidence(), outputs());
    String page = Report.of(Samples.repairEvidence());
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(EvidencePack.machineOutput(Samples.repairEvidence(), outputs()))
          .isEqualTo(expected);
      assertThat(Report.of(Samples.repairEvidence())).isEqualTo(page);
    } finally {
      Locale.setDefault(usual);
    }
  }

  private static Map<String, Path> outputs() {
    Map<String, Path> outputs = new LinkedHashMap<>();
    outputs.put("model", Path.of("out/fused.onnx"));
    outputs.put("patch", Path.of("out/patch.onnx"));
    outputs.put("report", Path.of("out/report.html"));
    outputs.put("evidence", Path.of("out/evidence.json"));
    return outputs;
  }
}

package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.elements;
import static org.evenhand.evidence.Pages.findings;
import static org.evenhand.evidence.Pages.headings;
import static org.evenhand.evidence.Pages.parse;
import static org.evenhand.evidence.Pages.rows;
import static org.evenhand.evidence.Pages.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Coverage;
import org.evenhand.audit.Judgement;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Classes;
import org.evenhand.core.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportTest {
  static List<Evidence> samples() {
    return List.of(
        Samples.auditEvidence(),
        Samples.auditEvidence(Samples.race(false), Samples.region()),
        CounterfactualSamples.evidence(),
        Samples.manyGroups(),
        Samples.repairEvidence(),
        Samples.declinedEvidence(),
        UnlearningSamples.evidence(),
        UnlearningSamples.declined(),
        UnlearningSamples.forced());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_page_is_well_formed_with_distinct_ids(Evidence evidence) {
    Document page = parse(Report.of(evidence));

    List<String> ids = new ArrayList<>();
    for (Element element : elements(page, "*")) {
      if (element.hasAttribute("id")) {
        ids.add(element.getAttribute("id"));
      }
    }
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_page_names_the_seed_once(Evidence evidence) {
    assertThat(Report.of(evidence)).containsOnlyOnce("<dt>seed</dt><dd>7</dd>");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_page_stands_alone(Evidence evidence) {
    String page = Report.of(evidence).replace("xmlns=\"http://www.w3.org/1999/xhtml\"", "");

    assertThat(page)
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("<link")
        .doesNotContain("<script")
        .doesNotContain(" src=");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_picture_has_a_title_and_a_description(Evidence evidence) {
    for (Element picture : elements(parse(Report.of(evidence)), "svg")) {
      List<String> labelled = List.of(picture.getAttribute("aria-labelledby").split(" "));
      assertThat(labelled)
          .contains(elements(picture, "title").get(0).getAttribute("id"))
          .contains(elements(picture, "desc").get(0).getAttribute("id"));
      assertThat(elements(picture, "desc").get(0).getTextContent()).isNotBlank();
    }
  }

  @Test
  void the_verdict_comes_first_and_in_plain_words() {
    Document audit = parse(Report.of(Samples.auditEvidence(Samples.race(false))));
    Document repair = parse(Report.of(Samples.repairEvidence()));

    assertThat(findings(audit)).startsWith("The model is biased by race.");
    assertThat(headings(audit))
        .startsWith("Verdict", "Who is decided wrongly", "Four-fifths check", "What to do next");
    assertThat(findings(repair))
        .startsWith(
            "The deployed model is biased by race. After the repair it is within tolerance.");
    assertThat(headings(repair))
        .containsExactly(
            "Verdict",
            "Whose decisions change",
            "Four-fifths check",
            "What gets better, what gets worse",
            "What to do next",
            "Accuracy of every group",
            "Rates of every value",
            "How it was done",
            "What could not be judged",
            "Cautions",
            "How to get this again");
  }

  @Test
  void insufficient_evidence_never_reads_as_fair() {
    AttributeAudit region = Samples.region();
    String page = Report.of(Samples.auditEvidence(region));

    assertThat(findings(parse(page)).get(0))
        .isEqualTo("The evidence on region is insufficient for a verdict.");
    assertThat(page).contains(region.explanation().replace("'", "&#39;"));
    assertThat(page).doesNotContain("WITHIN TOLERANCE").doesNotContain("is within tolerance");
  }

  @Test
  void every_pair_of_verdicts_has_its_sentence() {
    assertThat(sentence(Verdict.BIASED, Verdict.BIASED))
        .isEqualTo("The deployed model is biased by race. After the repair it is still biased.");
    assertThat(sentence(Verdict.WITHIN_TOLERANCE, Verdict.BIASED))
        .isEqualTo(
            "By race, the deployed model is within tolerance. After the repair it is biased.");
    assertThat(sentence(Verdict.BIASED, Verdict.INSUFFICIENT_EVIDENCE))
        .endsWith("After the repair the evidence is insufficient for a verdict.");
    assertThat(sentence(Verdict.INSUFFICIENT_EVIDENCE, Verdict.INSUFFICIENT_EVIDENCE))
        .endsWith("After the repair the evidence is still insufficient for a verdict.");
  }

  @Test
  void the_reason_of_every_unknown_is_on_the_page() {
    String page = text(Samples.auditEvidence(Samples.race(false), Samples.region()));

    assertThat(page)
        .contains("Region 'North' has no row of class 'yes'.")
        .contains("The model gives no scores.")
        .contains("accuracy of class yes, region = North")
        .contains("AUC, region = South")
        .contains("Not judged: class no with region = North, which has 12 of the 30 cases needed.");
    assertThat(text(Samples.manyGroups()))
        .contains("Rates need a favourable class; name one with --favourable.");
  }

  @Test
  void a_repair_shows_its_alternatives_the_candidates_and_the_diagnosis() {
    assertThat(text(Samples.repairEvidence()))
        .contains("rule table × bias predictor")
        .contains("With keep-class-prior, the classes' own shares stay.")
        .contains("an empty cell")
        .contains("Recognised from the model's inputs99.8\u00a0%")
        .contains("0.044")
        .contains("Removing the rule lowers the overall accuracy.")
        .contains("not recalibrated risks");
  }

  @Test
  void a_repair_stands_beside_its_alternatives_and_the_deployed_model() {
    assertThat(rows(Samples.repairEvidence()))
        .anyMatch(row -> row.startsWith("deployed model | 16.1 |"))
        .anyMatch(row -> row.startsWith("uniform | 2.2 |") && row.contains("| 69.1\u00a0% |"))
        .anyMatch(row -> row.startsWith("keep-class-prior | 2.2 |") && row.contains("69.7\u00a0%"));
  }

  @Test
  void the_candidate_that_was_chosen_is_in_bold() {
    List<String> bold =
        elements(parse(Report.of(Samples.repairEvidence())), "th").stream()
            .filter(cell -> !cell.hasAttribute("class"))
            .map(Element::getTextContent)
            .toList();

    assertThat(bold).contains("C2").doesNotContain("P1", "S4");
  }

  @Test
  void the_decisions_that_changed_are_counted_by_value_with_a_direction_if_one_is_favourable() {
    assertThat(rows(Samples.repairEvidence()))
        .contains(
            "Who | Cases | Changed | Gain class yes | Lose class yes | Wrong, now right | Right, now wrong",
            "race = White | 421 | 40 | 9.5\u00a0% | 2 | 38 | 9 | 31");
    Evidence neutral =
        new Evidence.Repair("evenhand erase", Samples.withoutFavourable(), Samples.provenance());
    assertThat(PeopleSection.of(neutral, Comparison.of(neutral)).body().markup())
        .contains("Right, now wrong")
        .doesNotContain("avourable", "Gain");
  }

  @Test
  void a_declined_repair_shows_the_deployed_model_and_why_nothing_was_written() {
    String page = text(Samples.declinedEvidence());

    assertThat(page)
        .contains("The repair was declined. Race cannot be read from the inputs")
        .contains("No repaired model was written")
        .contains("How it was tried")
        .contains("Do not rely on these decisions where race matters")
        .doesNotContain("Keep the deployed model");
    assertThat(findings(parse(Report.of(Samples.declinedEvidence()))))
        .startsWith("The model is biased by race.");
  }

  @Test
  void a_declined_repair_that_was_forced_says_so() {
    Evidence.Repair forced =
        new Evidence.Repair(
            "evenhand erase --force",
            Samples.repair(Optional.of("Too blind."), true, ""),
            Samples.provenance());

    assertThat(text(forced))
        .contains("The repair was declined. Too blind.")
        .contains("written all the same, because that was forced");
  }

  @Test
  void a_low_impact_ratio_is_called_a_flag_and_not_a_verdict() {
    assertThat(text(Samples.auditEvidence(Samples.race(false))))
        .contains("⚑ below four fifths")
        .doesNotContain("⚑ 1.00")
        .contains("a flag, not a verdict");
  }

  @Test
  void a_metric_that_is_known_of_no_value_has_no_row() {
    assertThat(rows(Samples.manyGroups()))
        .anyMatch(row -> row.startsWith("Calibration error, points |"))
        .noneMatch(row -> row.startsWith("Selection rate |") || row.startsWith("AUC |"));
  }

  @Test
  void the_page_tells_how_to_get_the_same_numbers() {
    assertThat(text(Samples.repairEvidence()))
        .contains("evenhand erase --model models/loans.onnx")
        .contains("ab".repeat(32))
        .contains("ef".repeat(32))
        .contains("17.0.15")
        .contains("0.1.0");
  }

  @Test
  void an_audit_of_nothing_gives_no_verdict() {
    assertThat(findings(parse(Report.of(Samples.auditEvidence()))))
        .startsWith("No attribute was audited, so there is no verdict.");
  }

  @Test
  void names_from_outside_cannot_become_markup() {
    String evil = "<script>alert('x')</script>&\"]]>\u0001";
    AttributeAudit attribute =
        new AttributeAudit(
            evil,
            evil,
            Samples.known(0.5, 0.1),
            Samples.known(0.5, 0.1),
            Samples.bias(0.1, 0.05, 0.01),
            Samples.largestGap(0.1, evil, evil, evil),
            Judgement.of(Verdict.BIASED, 0.01, evil),
            Samples.fourFifths(0.63),
            Coverage.all(100),
            List.of(Samples.group(evil, evil, 50, 25), Samples.group("no", evil, 50, 20)),
            List.of(Samples.values(evil, 50, 0.5, 0.5)),
            Optional.empty());
    AuditResult audit =
        new AuditResult(
            100,
            Classes.of("no", evil),
            evil,
            Samples.known(0.5, 0.1),
            List.of(attribute),
            AuditSettings.DEFAULT);
    Provenance provenance =
        new Provenance(
            evil,
            Samples.provenance().time(),
            List.of(new Provenance.Artefact("model", "<script>.onnx", evil, 1)),
            1,
            Samples.provenance().settings(),
            Samples.provenance().environment());

    String page = Report.of(new Evidence.Audit(evil, audit, provenance));

    assertThat(page).doesNotContain("<script").doesNotContain("alert('x')");
    assertThat(parse(page).getDocumentElement().getTextContent())
        .contains("<script>alert('x')</script>&\"]]>\ufffd");
  }

  @Test
  void unknown_rows_and_probable_groups_are_said_beside_the_verdict_and_among_the_cautions() {
    AttributeAudit known = race(Coverage.all(1_056));
    AttributeAudit uncertain = race(new Coverage(1_056, 44, true, List.of()));

    assertThat(text(Samples.auditEvidence(known))).doesNotContain("unknown for", "probabilities:");
    assertThat(text(Samples.auditEvidence(uncertain)))
        .contains("race is known for 1,056 rows and unknown for 44, which count in overall")
        .contains("race is known by probabilities: every row counts in each group")
        .contains("Gaps measured by probabilities of an attribute are those of the attribute only");
  }

  private static String sentence(Verdict before, Verdict after) {
    return Headline.sentence("race", before, Optional.of(after));
  }

  private static AttributeAudit race(Coverage coverage) {
    AttributeAudit race = Samples.race(false);
    return new AttributeAudit(
        race.attribute(),
        race.reference(),
        race.averageGroupAccuracy(),
        race.worstGroupAccuracy(),
        race.modelBias(),
        race.largestGap(),
        race.judgement(),
        race.fourFifths(),
        coverage,
        race.groups(),
        race.values(),
        Optional.empty());
  }
}

package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.Pages.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Where model and repair look in single images. */
class ImagesSectionTest {
  private static final ShownImages SHOWN =
      new ShownImages(
          true,
          look(1.5, "middle"),
          look(0.25, "upper left"),
          List.of(
              new ShownImages.Image(
                  "anna & bob.png",
                  "repaid = yes, race = Black",
                  look(2, "lower"),
                  look(0.125, "left"))));

  private static ShownImages.Look look(double most, String place) {
    return new ShownImages.Look(
        new byte[] {1, 2, 3}, most, Optional.of(new ShownImages.Place(0.25, 0.75, place)));
  }

  private static Evidence evidence(Optional<ShownImages> shown, Presentation presentation) {
    RepairRecord plain = Samples.repair(Optional.empty(), true, "");
    return new Evidence.Repair(
        "evenhand erase",
        new RepairRecord(
            plain.command(),
            plain.proposal(),
            plain.measured(),
            plain.judgement(),
            plain.fittedOn(),
            plain.outputs(),
            shown),
        Samples.provenance(),
        presentation);
  }

  private static Optional<Element> section(Document page) {
    return Pages.elements(page, "section").stream()
        .filter(section -> section.getAttribute("id").equals("images"))
        .findFirst();
  }

  @Test
  void every_image_is_shown_twice_with_words_for_those_who_do_not_see_it() {
    Document page = parse(Report.of(evidence(Optional.of(SHOWN), Presentation.NONE)));

    Element section = section(page).orElseThrow();
    assertThat(section.getTextContent().replaceAll("\\s+", " "))
        .contains(ExplanationRecord.PERSONAL)
        .contains(
            "All of these imagestheir meanmodel: middle, 1.50 natsrepair: upper left, 0.25 nats")
        .contains(
            "anna & bob.pngrepaid = yes, race = Blackmodel: lower, 2.00 natsrepair: left, 0.13 nats");
    assertThat(Pages.elements(page, "img"))
        .extracting(image -> image.getAttribute("alt"))
        .containsExactly(
            "All of these images: the deployed model looks middle",
            "All of these images: the repair looks upper left",
            "anna & bob.png: the deployed model looks lower",
            "anna & bob.png: the repair looks left");
    assertThat(Pages.elements(page, "img").get(0).getAttribute("src"))
        .isEqualTo("data:image/png;base64,AQID");
  }

  @Test
  void what_stands_on_the_right_is_said() {
    ShownImages.Look cold = new ShownImages.Look(new byte[] {4}, 0, Optional.empty());
    ShownImages repaired = new ShownImages(false, cold, cold, List.of());

    assertThat(text(SHOWN)).contains("on the right what the repair adds to its answers.");
    assertThat(text(repaired))
        .contains("on the right the repaired model.")
        .contains("no longer at what tells the group.")
        .contains("model: nowhere, 0.00 nats");
  }

  private static String text(ShownImages shown) {
    Document page = parse(Report.of(evidence(Optional.of(shown), Presentation.NONE)));
    return section(page).orElseThrow().getTextContent().replaceAll("\\s+", " ");
  }

  @Test
  void labels_stand_for_values() {
    Presentation labels =
        new Presentation(
            Optional.empty(),
            Optional.empty(),
            "repaid",
            Map.of("repaid", Map.of("yes", "paid"), "race", Map.of("Black", "B.")));

    Document page = parse(Report.of(evidence(Optional.of(SHOWN), labels)));

    assertThat(section(page).orElseThrow().getTextContent()).contains("repaid = paid, race = B.");
  }

  @Test
  void a_report_without_images_has_no_such_section() {
    assertThat(section(parse(Report.of(evidence(Optional.empty(), Presentation.NONE))))).isEmpty();
  }

  @Test
  void json_says_where_without_any_picture(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("evidence.json");
    EvidencePack.writeJson(evidence(Optional.of(SHOWN), Presentation.NONE), Map.of(), file);

    JsonNode images = new ObjectMapper().readTree(Files.readString(file)).at("/repair/images");

    assertThat(images.at("/repair_is").asText()).isEqualTo("what is added");
    assertThat(images.at("/model/most").asDouble()).isEqualTo(1.5);
    assertThat(images.at("/each/0/name").asText()).isEqualTo("anna & bob.png");
    assertThat(images.at("/each/0/group").asText()).isEqualTo("repaid = yes, race = Black");
    assertThat(images.at("/each/0/repair").toString())
        .isEqualTo("{\"most\":0.125,\"across\":0.25,\"down\":0.75}");
    assertThat(Files.readString(file)).doesNotContain("AQID");
  }
}

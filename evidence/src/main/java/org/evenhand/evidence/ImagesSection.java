package org.evenhand.evidence;

import java.util.Base64;

/** Where model and repair look, on single images, where these may be shown. */
final class ImagesSection {
  private ImagesSection() {}

  static Section of(ShownImages shown) {
    return new Section(
        "images",
        "Where model and repair look",
        Html.of(
            """
            <p class="banner personal"><strong>{}</strong></p>
            <p>On the left the deployed model, on the right {} Red is where taking a square of the image from another one \
            moves it most; the deepest red of each is its own most.{}</p>
            <div class="pictures looks">
            {}
            {}
            </div>""",
            ExplanationRecord.PERSONAL,
            shown.added() ? "what the repair adds to its answers." : "the repaired model.",
            shown.added()
                ? " A repair that looks at what tells the group, and at little else, does what it is for."
                : " The repaired model should look at what tells the class, and no longer at what tells the group.",
            figure("All of these images", "their mean", shown.model(), shown.repair()),
            shown.images().stream()
                .map(image -> figure(image.name(), image.group(), image.model(), image.repair()))
                .toList()));
  }

  private static Html figure(
      String name, String group, ShownImages.Look model, ShownImages.Look repair) {
    return Html.of(
        """
        <figure>{}{}<figcaption><b>{}</b><br/>{}<small>model: {}, {} nats</small>\
        <small>repair: {}, {} nats</small></figcaption></figure>""",
        picture(name, "the deployed model looks", model),
        picture(name, "the repair looks", repair),
        name,
        group,
        model.words(),
        Numbers.fixed(model.most(), 2),
        repair.words(),
        Numbers.fixed(repair.most(), 2));
  }

  private static Html picture(String image, String looks, ShownImages.Look look) {
    return Html.of(
        "<img src=\"data:image/png;base64,{}\" alt=\"{}: {} {}\"/>",
        Base64.getEncoder().encodeToString(look.picture()),
        image,
        looks,
        look.words());
  }
}

package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Contender;
import org.evenhand.repair.Method;
import org.evenhand.repair.SearchedForm;

/**
 * What methods of repair need and cost, and what a lower bias would cost.
 *
 * @param record the comparison
 */
record MethodsCosts(MethodsRecord record) {
  /** A table of all methods. */
  Section needs() {
    List<Html> rows = new ArrayList<>();
    for (Method method : record.methods()) {
      Optional<Contender> measured = anywhere(method);
      rows.add(
          Html.of(
              """
              <tr><th scope="row" class="plain">{} {}<small>{}</small></th><td class="text">{}</td>\
              <td class="text">{}</td><td>{}</td><td>{}</td></tr>""",
              record.number(method),
              method.code(),
              method.source(),
              method.access().title(),
              method.chance() ? "as published by chance; here without" : "without chance",
              measured.map(contender -> Numbers.significant(contender.fitSeconds())).orElse("–"),
              measured
                  .map(contender -> Numbers.significant(contender.servingMicroseconds()))
                  .orElse("–")));
    }
    return new Section(
        "needs",
        "What each needs and costs",
        HtmlTable.of(
            "What every method relies on, and the time that it takes",
            "Seconds to find and fit it, and microseconds per row to correct an answer of the model%s, on the machine that made this page."
                .formatted(record.several() ? " " + record.models().get(0).name() : ""),
            List.of(
                HtmlTable.head("Method"),
                HtmlTable.textHead("Relies on"),
                HtmlTable.textHead("Decides"),
                HtmlTable.head("Fit, seconds"),
                HtmlTable.head("Serve, microseconds")),
            rows));
  }

  private Optional<Contender> anywhere(Method method) {
    return record.models().stream()
        .flatMap(model -> model.comparison().contenders().stream())
        .filter(contender -> contender.method().equals(method))
        .findFirst();
  }

  /** What a lower bias would cost, by the forms that no other one beats. */
  Section price(MethodsRecord.OfModel model) {
    Aim aim = model.comparison().limits().aim();
    String bias = Numbers.capitalized(aim.bias().title());
    Unit points = MethodsRecord.unit(aim);
    List<Html> rows =
        model.comparison().searched().stream()
            .filter(SearchedForm::onFrontier)
            .sorted(Comparator.comparingDouble((SearchedForm form) -> form.bias(aim)).reversed())
            .map(
                form ->
                    Html.of(
                        """
                        <tr><th scope="row" class="plain">{} {}<small>{}</small></th><td>{}</td><td>{}</td>\
                        <td>{}</td><td>{}</td><td class="text">{}</td></tr>""",
                        record.number(form.method()),
                        form.method().code(),
                        form.form(),
                        points.show(form.bias(aim)),
                        Unit.PERCENT.show(form.overall()),
                        Unit.PERCENT.show(form.average()),
                        Unit.PERCENT.show(form.worst()),
                        form.withinLimits() ? "" : "outside the limits"))
            .toList();
    return Section.of(
        "price-" + record.models().indexOf(model),
        "What a lower bias costs" + record.of(model),
        List.of(
            HtmlTable.of(
                "Forms of methods that no other one beats" + record.of(model),
                "By cross-validation on the calibration rows: neither another form nor the model as it is beats them in both %s and accuracy. The best of %d forms look a little better there than they are."
                    .formatted(aim.bias().title(), model.comparison().searched().size()),
                List.of(
                    HtmlTable.head("Form"),
                    HtmlTable.head(bias + ", points"),
                    HtmlTable.head("Overall accuracy"),
                    HtmlTable.head("Average of groups"),
                    HtmlTable.head("Worst group"),
                    HtmlTable.textHead("Note")),
                rows),
            DetailHtml.of(model.comparison().details())));
  }
}

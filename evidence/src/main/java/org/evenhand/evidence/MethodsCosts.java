package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.evenhand.evidence.Numbers.Unit;
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
  Html needs() {
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
    return Html.of(
        """
        <section id="needs">
        <h2>What each needs and costs</h2>
        <p>Seconds to find and fit, and microseconds per row to correct an answer of the model{}, on the machine \
        that made this page.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">Method</th><th scope="col" class="text">Relies on</th>\
        <th scope="col" class="text">Decides</th><th scope="col">Fit, s</th><th scope="col">Serve, µs</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>
        </section>""",
        record.several() ? " " + record.models().get(0).name() : "",
        rows);
  }

  private Optional<Contender> anywhere(Method method) {
    return record.models().stream()
        .flatMap(model -> model.comparison().contenders().stream())
        .filter(contender -> contender.method().equals(method))
        .findFirst();
  }

  /** What a lower bias would cost, by the forms that no other one beats. */
  Html price(MethodsRecord.OfModel model) {
    List<Html> rows =
        model.comparison().searched().stream()
            .filter(SearchedForm::onFrontier)
            .sorted(Comparator.comparingDouble(SearchedForm::modelBias).reversed())
            .map(
                form ->
                    Html.of(
                        """
                        <tr><th scope="row" class="plain">{} {}<small>{}</small></th><td>{}</td><td>{}</td>\
                        <td>{}</td><td>{}</td><td class="text">{}</td></tr>""",
                        record.number(form.method()),
                        form.method().code(),
                        form.form(),
                        Unit.POINTS.show(form.modelBias()),
                        Unit.PERCENT.show(form.overall()),
                        Unit.PERCENT.show(form.average()),
                        Unit.PERCENT.show(form.worst()),
                        form.withinLimits() ? "" : "outside the limits"))
            .toList();
    return Html.of(
        """
        <section id="price-{}">
        <h2>What a lower bias costs{}</h2>
        <p>The forms of all methods that neither another form nor the model as it is beats in both figures, by cross-validation \
        on the calibration rows. The best of {} forms look a little better there than they are.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">Form</th><th scope="col">Model Bias</th><th scope="col">Overall accuracy</th>\
        <th scope="col">Average of groups</th><th scope="col">Worst group</th><th scope="col" class="text">Note</th></tr></thead>
        <tbody>
        {}
        </tbody></table></div>
        {}
        </section>""",
        record.models().indexOf(model),
        record.of(model),
        model.comparison().searched().size(),
        rows,
        DetailHtml.of(model.comparison().details()));
  }
}

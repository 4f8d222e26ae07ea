package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Value;

/** What a method says of its proposal on the report page. */
final class DetailHtml {
  /** A longer table is folded, so that what comes after it is found. */
  private static final int LONG_TABLE = 12;

  private DetailHtml() {}

  static Html of(List<? extends Detail> details) {
    return of(details, List.of());
  }

  /** Groups in groups are headed as such; a table says in which of them it stands. */
  private static Html of(List<? extends Detail> details, List<String> within) {
    List<Html> parts = new ArrayList<>();
    parts.add(facts(details));
    for (Detail detail : details) {
      if (detail instanceof FactTable table) {
        parts.add(table(table, within));
      } else if (detail instanceof FactGroup group) {
        List<String> path = new ArrayList<>(within);
        path.add(group.title());
        parts.add(
            Html.of("{}\n{}", heading(group.title(), within.size()), of(group.details(), path)));
      }
    }
    return Html.of("{}", parts);
  }

  private static Html heading(String title, int depth) {
    return switch (depth) {
      case 0 -> Html.of("<h3>{}</h3>", title);
      case 1 -> Html.of("<h4>{}</h4>", title);
      default -> Html.of("<h5>{}</h5>", title);
    };
  }

  private static Html facts(List<? extends Detail> details) {
    List<Html> items = new ArrayList<>();
    for (Detail detail : details) {
      if (detail instanceof Fact fact && !isEmpty(fact.value())) {
        items.add(
            Html.of(
                "<dt>{}</dt><dd>{}{}</dd>",
                fact.title(),
                value(fact.value()),
                Html.when(!fact.meaning().isEmpty(), "<small>{}</small>", fact.meaning())));
      }
    }
    return Html.when(!items.isEmpty(), "<dl class=\"facts\">\n{}\n</dl>", items);
  }

  private static boolean isEmpty(Value value) {
    return value instanceof Value.Texts texts && texts.sentences().isEmpty();
  }

  static Html table(FactTable table) {
    return table(table, List.of());
  }

  private static Html table(FactTable table, List<String> within) {
    if (table.rows().isEmpty()) {
      return Html.NONE;
    }
    List<String> caption = new ArrayList<>(within);
    caption.add(table.title());
    Html cells =
        HtmlTable.of(
            String.join(", ", caption),
            table.explanation()
                + (table.chosen().isPresent() ? " The one in bold was chosen." : ""),
            headings(table),
            rows(table));
    return table.rows().size() > LONG_TABLE
        ? Html.of(
            "<details><summary>{}: all {} rows</summary>\n{}\n</details>",
            table.title(),
            table.rows().size(),
            cells)
        : cells;
  }

  private static List<Html> rows(FactTable table) {
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      boolean bold = table.chosen().isEmpty() || table.chosen().getAsInt() == i;
      List<Value> cells = table.rows().get(i);
      rows.add(
          Html.of(
              "<tr><th scope=\"row\"{}>{}</th>{}</tr>",
              Html.when(!bold, " class=\"plain\""),
              value(cells.get(0)),
              cells.subList(1, cells.size()).stream().map(DetailHtml::cell).toList()));
    }
    return rows;
  }

  /** A column is headed as its cells are set: numbers to the right. */
  private static List<Html> headings(FactTable table) {
    List<Html> headings = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      boolean number =
          !table.rows().isEmpty() && table.rows().get(0).get(column) instanceof Value.Quantity;
      String title = table.columns().get(column).title();
      headings.add(number ? HtmlTable.head(title) : HtmlTable.textHead(title));
    }
    return headings;
  }

  private static Html cell(Value value) {
    return Html.of(
        "<td{}>{}</td>",
        Html.when(!(value instanceof Value.Quantity), " class=\"text\""),
        value(value));
  }

  private static Html value(Value value) {
    if (value instanceof Value.Text text) {
      return Html.of("{}", text.text());
    }
    if (value instanceof Value.Texts texts) {
      return texts.sentences().size() == 1
          ? Html.of("{}", texts.sentences().get(0))
          : Html.of(
              "<ul>{}</ul>",
              texts.sentences().stream().map(text -> Html.of("<li>{}</li>", text)).toList());
    }
    return Html.of("{}", shown((Value.Quantity) value));
  }

  private static String shown(Value.Quantity quantity) {
    double number = quantity.number();
    return switch (quantity.unit()) {
      case PERCENT -> Unit.PERCENT.show(number);
      case POINTS -> Unit.POINTS.show(number) + " points";
      case FINE_POINTS -> Unit.FINE_POINTS.show(number) + " points";
      case COUNT -> Numbers.count(number);
      case NATS -> Numbers.fixed(number, 3);
      case PLAIN -> Numbers.significant(number);
    };
  }
}

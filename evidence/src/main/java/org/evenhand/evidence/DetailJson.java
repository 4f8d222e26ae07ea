package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Value;

/** What a method says of its proposal as JSON: a fact is a number or text, a table a list. */
final class DetailJson {
  private DetailJson() {}

  static void put(ObjectNode node, List<? extends Detail> details) {
    details.forEach(detail -> put(node, detail));
  }

  static void put(ObjectNode node, Detail detail) {
    if (detail instanceof Fact fact) {
      put(node, fact.key(), fact.value());
    } else if (detail instanceof FactTable table) {
      put(node.putArray(table.key()), table);
    } else {
      FactGroup group = (FactGroup) detail;
      put(node.putObject(group.key()), group.details());
    }
  }

  private static void put(ArrayNode rows, FactTable table) {
    for (int i = 0; i < table.rows().size(); i++) {
      ObjectNode row = rows.addObject();
      for (int column = 0; column < table.columns().size(); column++) {
        put(row, table.columns().get(column).key(), table.rows().get(i).get(column));
      }
      if (table.chosen().isPresent()) {
        row.put("chosen", i == table.chosen().getAsInt());
      }
    }
  }

  private static void put(ObjectNode node, String key, Value value) {
    if (value instanceof Value.Text text) {
      Json.text(node, key, Optional.of(text.text()).filter(words -> !words.isBlank()));
    } else if (value instanceof Value.Texts texts) {
      ArrayNode sentences = node.putArray(key);
      texts.sentences().forEach(sentences::add);
    } else {
      Value.Quantity quantity = (Value.Quantity) value;
      if (quantity.unit() == Value.Unit.COUNT) {
        Json.count(node, key, quantity.number());
      } else {
        Json.fraction(node, key, quantity.number());
      }
    }
  }
}

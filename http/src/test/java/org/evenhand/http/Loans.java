package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** A small model of loans, as a server knows it and as plain Java. */
final class Loans {
  private static final List<String> CITIES = List.of("Turin", "Łódź", "New \"York\"");

  private Loans() {}

  static double probability(double age, String city) {
    return 1 / (1 + Math.exp(-(age - 40) / 10 - CITIES.indexOf(city)));
  }

  private static double probability(List<JsonNode> row) {
    return probability((float) row.get(0).asDouble(), row.get(1).asText());
  }

  /** One input a column, probabilities of two classes. */
  static LoopbackServer server() {
    return inputs()
        .output("probabilities", "FP64", -1, 2)
        .model(row -> List.of(List.of(1 - probability(row), probability(row))));
  }

  /** One input a column, outputs to be declared. */
  static LoopbackServer inputs() {
    return new LoopbackServer().input("age", "FP32", -1, 1).input("city", "BYTES", -1, 1);
  }

  /** Options that do not let a test wait. */
  static HttpOptions.Builder quick() {
    return HttpOptions.builder().firstPause(Duration.ofMillis(1)).retries(2);
  }

  /** People with distinct ages. */
  static Table people(int n) {
    SplittableRandom random = new SplittableRandom(11);
    double[] ages = new double[n];
    List<String> cities = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      ages[row] = 18 + row * 0.25;
      cities.add(CITIES.get(random.nextInt(CITIES.size())));
    }
    return Table.of(List.of(new NumericColumn("age", ages), TextColumn.of("city", cities)));
  }

  /** What the model answers without a server in between. */
  static Answers.Soft expected(Classes classes, Table people) {
    double[] ages = ((NumericColumn) people.column("age")).values();
    TextColumn cities = (TextColumn) people.column("city");
    double[] probabilities = new double[2 * ages.length];
    for (int row = 0; row < ages.length; row++) {
      double p = probability((float) ages[row], cities.value(row));
      probabilities[2 * row] = 1 - p;
      probabilities[2 * row + 1] = p;
    }
    return Answers.Soft.ofProbabilities(classes, probabilities, Answers.FLOAT_FLOOR);
  }
}

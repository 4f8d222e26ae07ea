package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Column;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Progress;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;

/** Opens servers, asks them, and says what is expected of that. */
final class Asking {
  private Asking() {}

  static HttpClassifier open(LoopbackServer server, HttpOptions options) {
    return HttpClassifier.open(server.url(), options, Progress.NONE);
  }

  static Answers answer(LoopbackServer server, HttpOptions.Builder options, Table rows) {
    try (HttpClassifier model = open(server, options.build())) {
      return model.answer(rows);
    }
  }

  static double[] probabilities(Answers answers) {
    double[] logs = ((Answers.Soft) answers).logProbabilities();
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  static Table column(Column... columns) {
    return Table.of(List.of(columns));
  }

  static Table numbers(String name, double... values) {
    return column(new NumericColumn(name, values));
  }

  static void assertNotOpened(
      LoopbackServer server, HttpOptions.Builder options, String message, Setting... helpful) {
    try (server) {
      assertThatThrownBy(() -> open(server, options.build()).close())
          .isInstanceOfSatisfying(
              EvenhandException.class, e -> assertThat(e.settings()).containsExactly(helpful))
          .hasMessage(message);
    }
  }

  /** A model of one input that answers with it. */
  static LoopbackServer sigmoid(String name) {
    return new LoopbackServer()
        .input("a", "FP64", -1)
        .output(name, "FP64", -1)
        .model(row -> List.of(row.get(0).asDouble()));
  }
}

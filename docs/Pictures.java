import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.data.Tables;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;

/**
 * Makes the documentation's pictures and its example of recorded decisions from what {@code
 * evenhand demo} wrote:
 *
 * <pre>
 * ./evenhand demo
 * java -cp 'cli/target/app/evenhand.jar:cli/target/app/lib/*' docs/Pictures.java evenhand-out
 * </pre>
 */
final class Pictures {
  /** The rows of {@code docs/examples/decisions.csv}: so few that one verdict stays open. */
  private static final int RECORDED = 1_000;

  private static final Path IMAGES = Path.of("docs", "images");

  private final Path demo;
  private final LabelledSet test;
  private final Answers.Soft before;
  private final Answers.Soft after;
  private final String style;

  public static void main(String[] arguments) throws IOException {
    Pictures pictures = new Pictures(Path.of(arguments[0]));
    pictures.recordDecisions();
    Files.writeString(IMAGES.resolve("groups.svg"), pictures.groups());
    Files.writeString(IMAGES.resolve("scores.svg"), pictures.scores());
    Files.writeString(IMAGES.resolve("verdicts.svg"), pictures.verdicts());
  }

  private Pictures(Path demo) throws IOException {
    this.demo = demo;
    Table people = Tables.read(demo.resolve("people.csv"));
    this.test =
        Labelling.of("repaid", List.of("gender"))
            .apply(people.without(Set.of(Split.COLUMN)))
            .select(Split.rows(people, Split.COLUMN, Split.TEST));
    this.before = answers("model.onnx");
    this.after = answers("fair.onnx");
    String report = Files.readString(demo.resolve("fair.report.html"));
    String all = report.substring(report.indexOf("<style>") + 7, report.indexOf("</style>"));
    this.style = all.substring(0, all.indexOf("@media print"));
  }

  private Answers.Soft answers(String file) {
    OnnxOptions options = OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")));
    try (OnnxClassifier model = OnnxClassifier.open(demo.resolve(file), options)) {
      return (Answers.Soft) model.answer(test.inputs());
    }
  }

  private static double[] scores(Answers.Soft answers) {
    return IntStream.range(0, answers.rows())
        .mapToDouble(
            row -> Math.rint(1e4 * Math.exp(answers.logProbabilities()[2 * row + 1])) / 1e4)
        .toArray();
  }

  private int[] recorded() {
    return IntStream.range(0, RECORDED).toArray();
  }

  private void recordDecisions() {
    Table rows = test.inputs().select(recorded());
    List<String> repaid =
        IntStream.of(recorded())
            .mapToObj(row -> test.target().classes().names().get(test.target().codes()[row]))
            .toList();
    CsvFile.write(
        Table.of(
            List.of(
                rows.column("gender"),
                TextColumn.of("repaid", repaid),
                new NumericColumn("score", scores(before.select(recorded()))),
                new NumericColumn("repaired_score", scores(after.select(recorded()))))),
        Path.of("docs", "examples", "decisions.csv"));
  }

  /** The report's own pictures of the two classes, side by side. */
  private String groups() throws IOException {
    String report = Files.readString(demo.resolve("fair.report.html"));
    List<String> plots =
        Pattern.compile("<svg viewBox=\"0 0 400[^>]*aria.*?</svg>", Pattern.DOTALL)
            .matcher(report)
            .results()
            .map(MatchResult::group)
            .toList();
    StringBuilder svg = new StringBuilder();
    for (int i = 0; i < plots.size(); i++) {
      String x = Integer.toString(10 + 420 * i);
      svg.append(text("label", 10 + 420 * i, 18, "True class " + List.of("no", "yes").get(i)));
      svg.append(
          plots
              .get(i)
              .replace("<svg ", "<svg x=\"" + x + "\" y=\"24\" width=\"400\" height=\"142\" "));
    }
    return page(840, 176, "Accuracy of the four groups, before and after the repair", svg);
  }

  /**
   * Where the four groups' log-odds lie, before and after: the rule is a shift of a value's rows.
   */
  private String scores() {
    StringBuilder svg = new StringBuilder();
    List<String> genders = test.attribute("gender").values();
    for (int column = 0; column < 2; column++) {
      Answers.Soft answers = column == 0 ? before : after;
      svg.append(text("label", 20 + 420 * column, 18, column == 0 ? "before" : "after the repair"));
      for (int gender = 0; gender < 2; gender++) {
        svg.append(
            "<g transform=\"translate(%d %d)\">".formatted(20 + 420 * column, 30 + 130 * gender));
        svg.append(text("label", 0, 14, genders.get(gender)));
        for (int repaid = 0; repaid < 2; repaid++) {
          svg.append(density(answers, gender, repaid));
        }
        svg.append("<line class=\"tolerance\" x1=\"190\" y1=\"0\" x2=\"190\" y2=\"100\"/>");
        svg.append("<line class=\"grid\" x1=\"0\" y1=\"100\" x2=\"380\" y2=\"100\"/>");
        for (int odds = -6; odds <= 6; odds += 2) {
          svg.append(
              "<text class=\"tick\" x=\"%d\" y=\"115\" text-anchor=\"middle\">%d</text>"
                  .formatted(190 + 31 * odds, odds));
        }
        svg.append("</g>");
      }
    }
    svg.append(text("tick", 20, 302, "Log-odds of ‘yes’. Grey: did not repay. Blue: repaid."));
    svg.append(text("tick", 440, 302, "Right of the dashed line the decision is ‘yes’."));
    return page(840, 312, "Log-odds of the four groups, before and after the repair", svg);
  }

  private String density(Answers.Soft answers, int gender, int repaid) {
    double[] logs = answers.logProbabilities();
    double[] odds =
        IntStream.range(0, test.rows())
            .filter(row -> test.attribute("gender").codes()[row] == gender)
            .filter(row -> test.target().codes()[row] == repaid)
            .mapToDouble(row -> logs[2 * row + 1] - logs[2 * row])
            .toArray();
    String path =
        IntStream.rangeClosed(0, 120)
            .mapToObj(i -> -6 + i / 10.0)
            .map(at -> point(190 + 31 * at, 100 - 210 * kernelDensity(odds, at)))
            .collect(Collectors.joining(" L", "M4,100 L", " L376,100 Z"));
    String colour = repaid == 1 ? "--after" : "--before";
    return "<path d=\"%s\" fill=\"var(%s)\" fill-opacity=\"0.25\" stroke=\"var(%s)\"/>"
        .formatted(path, colour, colour);
  }

  /** Gaussian kernel of width 0.25. */
  private static double kernelDensity(double[] values, double at) {
    double sum = 0;
    for (double value : values) {
      double z = (at - value) / 0.25;
      sum += Math.exp(-z * z / 2);
    }
    return sum / (values.length * 0.25 * Math.sqrt(2 * Math.PI));
  }

  private static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }

  /** Three audits with the three verdicts. */
  private String verdicts() {
    Map<String, AttributeAudit> audits = new LinkedHashMap<>();
    audits.put("deployed, %,d rows".formatted(test.rows()), audit(test, before));
    audits.put("repaired, %,d rows".formatted(test.rows()), audit(test, after));
    audits.put(
        "repaired, %,d rows".formatted(RECORDED),
        audit(test.select(recorded()), after.select(recorded())));
    StringBuilder svg = new StringBuilder();
    int y = 50;
    for (Map.Entry<String, AttributeAudit> row : audits.entrySet()) {
      Estimate.Known bias = (Estimate.Known) row.getValue().modelBias().estimate();
      svg.append(text("label", 10, y + 4, row.getKey()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"noise\" x=\"170\" y=\"%d\" width=\"%.1f\" height=\"14\"/><g"
                  + " class=\"after\"><line class=\"whisker\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\""
                  + " y2=\"%d\"/><circle cx=\"%.1f\" cy=\"%d\" r=\"4.5\"/></g>",
              y - 7,
              1200 * row.getValue().modelBias().noiseFloorHigh(),
              170 + 1200 * bias.low(),
              y,
              170 + 1200 * bias.high(),
              y,
              170 + 1200 * bias.value(),
              y));
      svg.append(text("label", 660, y + 4, row.getValue().verdict().toString()));
      y += 36;
    }
    svg.append("<line class=\"tolerance\" x1=\"230\" y1=\"26\" x2=\"230\" y2=\"146\"/>");
    svg.append(
        "<text class=\"tolerance\" x=\"230\" y=\"18\" text-anchor=\"middle\">tolerated 5.0</text>");
    for (int points = 0; points <= 40; points += 10) {
      svg.append(
          "<text class=\"tick\" x=\"%d\" y=\"164\" text-anchor=\"middle\">%d</text>"
              .formatted(170 + 12 * points, points));
    }
    return page(860, 172, "Model Bias of three audits with intervals, in points", svg);
  }

  private static AttributeAudit audit(LabelledSet rows, Answers answers) {
    return Audit.of(rows, answers, AuditSettings.DEFAULT).attribute("gender");
  }

  private static String text(String style, int x, int y, String text) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, text);
  }

  private String page(int width, int height, String title, CharSequence content) {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
    <title>%s</title>
    <style>%s</style>
    <rect width="100%%" height="100%%" fill="var(--paper)"/>
    %s
    </svg>
    """
        .formatted(width, height, width, height, title, svgStyle(), content);
  }

  /** Of the report's style sheet the colours and what is said about pictures. */
  private String svgStyle() {
    return style
            .lines()
            .filter(line -> !line.isBlank())
            .takeWhile(line -> !line.startsWith("*"))
            .collect(Collectors.joining("\n"))
        + "\n"
        + "svg { font: 13px -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
        + " }\n"
        + style
            .lines()
            .filter(line -> line.startsWith("svg ") && !line.startsWith("svg {"))
            .collect(Collectors.joining("\n"));
  }
}

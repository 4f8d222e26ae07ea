import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.ONNXExportable;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Tribuo 4.3.2: an exported model reads its features in the order of their names, and names none.
 *
 * <p>Guess: columns in the order in which the training rows gave them, or names in the file to go
 * by.
 *
 * <p>Behaviour: features are sorted as texts, so that x10 comes before x2, and the ONNX file has one
 * input "input" of ten numbers without a name anywhere. Rows in the table's order get wrong answers
 * without an error.
 */
final class TribuoSortsFeatures {
  public static void main(String[] arguments) {
    Logger.getLogger("org.tribuo").setLevel(Level.OFF);
    String[] names =
        IntStream.rangeClosed(1, 10).mapToObj(i -> "x" + i).toArray(String[]::new);
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> rows =
        new MutableDataset<>(new SimpleDataSourceProvenance("random", labels), labels);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double[] values = random.doubles(names.length, -1, 1).toArray();
      rows.add(new ArrayExample<>(new Label(values[1] > 0 ? "yes" : "no"), names, values));
    }
    LinearSGDModel model = (LinearSGDModel) new LogisticRegressionTrainer().train(rows);
    Finding.expect(
        "order of the input",
        "x1 x10 x2 x3 x4 x5 x6 x7 x8 x9",
        IntStream.range(0, names.length)
            .mapToObj(i -> model.getFeatureIDMap().get(i).getName())
            .collect(Collectors.joining(" ")));
    String graph = ((ONNXExportable) model).exportONNXModel("finding", 1).getGraph().toString();
    Finding.expect("a feature is named in the graph", "false", String.valueOf(graph.contains("x10")));
    Finding.end();
  }
}

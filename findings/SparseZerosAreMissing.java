import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * XGBoost4J 3.0.4: the same row gets another answer as a sparse one.
 *
 * <p>Guess: a sparse matrix is another way to store the same numbers; what is left out is 0.
 *
 * <p>Behaviour: what is left out is missing, and goes where the trees send missing values. A model
 * trained on dense rows with NaN for missing answers a sparse 0 as if the value were unknown.
 */
final class SparseZerosAreMissing {
  public static void main(String[] arguments) throws Exception {
    int rows = 200;
    float[] values = new float[rows];
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = i % 2 == 0 ? 0 : Float.NaN;
      labels[i] = i % 2;
    }
    DMatrix training = new DMatrix(values, rows, 1, Float.NaN);
    training.setLabel(labels);
    Map<String, Object> settings =
        new HashMap<>(Map.of("objective", "binary:logistic", "nthread", 1, "verbosity", 0));
    Booster model = XGBoost.train(training, settings, 20, Map.of(), null, null);
    DMatrix dense = new DMatrix(new float[] {0}, 1, 1, Float.NaN);
    DMatrix sparse =
        new DMatrix(new long[] {0, 0}, new int[0], new float[0], DMatrix.SparseType.CSR, 1);
    Finding.expect("dense 0 is of class 1", "false", String.valueOf(model.predict(dense)[0][0] > 0.5));
    Finding.expect("sparse 0 is of class 1", "true", String.valueOf(model.predict(sparse)[0][0] > 0.5));
    Finding.end();
  }
}

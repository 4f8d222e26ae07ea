package com.example.xgboost4j;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** Boosted trees over people. */
final class BoostedTrees {
  private final Booster booster;

  private BoostedTrees(Booster booster) {
    this.booster = booster;
  }

  /**
   * Trains.
   *
   * @param labels 0 or 1 per row
   */
  static BoostedTrees train(Table people, float[] labels) throws XGBoostError {
    DMatrix matrix = matrix(people);
    matrix.setLabel(labels);
    Map<String, Object> settings =
        new HashMap<>(
            Map.of("objective", "binary:logistic", "max_depth", 3, "nthread", 1, "verbosity", 0));
    Booster booster = XGBoost.train(matrix, settings, 60, new HashMap<>(), null, null);
    matrix.dispose();
    return new BoostedTrees(booster);
  }

  /** The probability of the second class, one per row. */
  double[] probabilities(Table people) {
    try {
      DMatrix matrix = matrix(people);
      float[][] predicted = booster.predict(matrix);
      matrix.dispose();
      double[] probabilities = new double[predicted.length];
      for (int row = 0; row < probabilities.length; row++) {
        probabilities[row] = predicted[row][0];
      }
      return probabilities;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost cannot answer", e);
    }
  }

  /** Dense, so that a zero is a zero and only NaN is missing. */
  private static DMatrix matrix(Table people) throws XGBoostError {
    String[] names = {
      "income", "debt_ratio", "years_employed", "loans_before", "credit_history", "region", "gender"
    };
    float[] values = new float[people.rows() * names.length];
    for (int j = 0; j < names.length; j++) {
      Column column = people.column(names[j]);
      for (int row = 0; row < people.rows(); row++) {
        values[row * names.length + j] =
            column instanceof NumericColumn number
                ? (float) number.values()[row]
                : code(((TextColumn) column).value(row));
      }
    }
    return new DMatrix(values, people.rows(), names.length, Float.NaN);
  }

  /** A code that does not depend on which rows are asked about together. */
  private static float code(String category) {
    return switch (category) {
      case "none", "coast", "female" -> 0;
      case "late payments", "hills", "male" -> 1;
      case "clean", "plain" -> 2;
      case "river" -> 3;
      default -> Float.NaN;
    };
  }
}

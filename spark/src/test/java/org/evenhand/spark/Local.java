package org.evenhand.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** One session for all tests, because one takes seconds to begin, and tables in it. */
final class Local {
  static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .appName("evenhand")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 2)
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .getOrCreate();

  private Local() {}

  /** The same rows, in some partitions. */
  static Dataset<Row> dataset(Table table) {
    StructType schema = new StructType();
    for (Column column : table.columns()) {
      schema =
          schema.add(
              column.name(),
              column instanceof NumericColumn ? DataTypes.DoubleType : DataTypes.StringType);
    }
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      int at = row;
      rows.add(
          RowFactory.create(table.columns().stream().map(column -> value(column, at)).toArray()));
    }
    return SPARK.createDataFrame(rows, schema).repartition(5);
  }

  private static Object value(Column column, int row) {
    return column instanceof NumericColumn numbers
        ? (Object) numbers.values()[row]
        : ((TextColumn) column).value(row);
  }
}

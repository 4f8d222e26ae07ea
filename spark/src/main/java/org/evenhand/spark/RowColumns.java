package org.evenhand.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.evenhand.core.Spelling;

/**
 * The columns of a Dataset as numbers and texts.
 *
 * @param schema of the Dataset
 * @param caseSensitive whether names that differ in case only are two names to Spark
 */
record RowColumns(StructType schema, boolean caseSensitive) {
  private static final Set<DataType> TIMES =
      Set.of(DataTypes.DateType, DataTypes.TimestampType, DataTypes.TimestampNTZType);

  static RowColumns of(Dataset<Row> rows) {
    String caseSensitive = rows.sparkSession().conf().get("spark.sql.caseSensitive");
    return new RowColumns(rows.schema(), Boolean.parseBoolean(caseSensitive));
  }

  List<String> names() {
    return Arrays.asList(schema.fieldNames());
  }

  /**
   * The type of a column.
   *
   * @throws EvenhandSparkException if there is none of that name, or more than one
   */
  DataType type(String name) {
    if (!names().contains(name)) {
      throw new EvenhandSparkException(
          "There is no column '%s'; the columns are %s.%s"
              .formatted(name, String.join(", ", names()), Spelling.question(name, names())));
    }
    List<String> meant = called(name);
    if (meant.size() > 1) {
      throw new EvenhandSparkException(
          "The name '%s' stands for %d columns: %s; rename all but one of them."
              .formatted(name, meant.size(), String.join(", ", meant)));
    }
    return schema.apply(name).dataType();
  }

  /** The columns that Spark takes a name for. */
  List<String> called(String name) {
    return names().stream()
        .filter(other -> caseSensitive ? other.equals(name) : other.equalsIgnoreCase(name))
        .toList();
  }

  boolean isNumber(String name) {
    return type(name) instanceof NumericType;
  }

  /** The column itself, whatever characters its name has. */
  static Column of(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /**
   * What tells rows apart: a DOUBLE that is NaN where the value is missing, or a text that is then
   * empty.
   *
   * @throws EvenhandSparkException if the column holds something else
   */
  Column key(String name) {
    DataType type = type(name);
    if (type instanceof NumericType) {
      return coalesce(of(name).cast(DataTypes.DoubleType), lit(Double.NaN));
    }
    if (type.equals(DataTypes.BooleanType)) {
      // As tables in memory write them.
      return when(of(name), "True").when(of(name).equalTo(false), "False").otherwise("");
    }
    if (type instanceof StringType || TIMES.contains(type)) {
      return coalesce(of(name).cast(DataTypes.StringType), lit(""));
    }
    throw new EvenhandSparkException(
        "Column '%s' holds values of type %s; classes and groups are numbers, text, booleans or dates."
            .formatted(name, type.simpleString()));
  }

  /**
   * A DOUBLE, null where it is missing.
   *
   * @param what the column is used as, for the message
   * @throws EvenhandSparkException if the column does not hold numbers
   */
  Column number(String name, String what) {
    if (!isNumber(name)) {
      throw new EvenhandSparkException(
          "Column '%s' holds values of type %s, but %s must be numbers; cast it."
              .formatted(name, type(name).simpleString(), what));
    }
    return of(name).cast(DataTypes.DoubleType);
  }

  /**
   * An array of DOUBLEs.
   *
   * @throws EvenhandSparkException if the column holds neither vectors of Spark ML nor arrays of
   *     numbers
   */
  Column numbers(String name) {
    DataType type = type(name);
    if (type instanceof UserDefinedType && type.equals(SQLDataTypes.VectorType())) {
      return functions.vector_to_array(of(name), "float64");
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return of(name).cast(DataTypes.createArrayType(DataTypes.DoubleType));
    }
    throw new EvenhandSparkException(
        "Column '%s' holds values of type %s; expected a vector of Spark ML, or an array, with a number for every class."
            .formatted(name, type.simpleString()));
  }
}

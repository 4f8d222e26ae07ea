package org.evenhand.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Provenance;

/**
 * Which training rows put bias into a model's head, and which keep it out (Fast Model Debias). A
 * share that cannot be told is not a number.
 *
 * @param commandLine gives the same numbers again
 * @param biasFunction what is explained, in words
 * @param attribute that the bias is about
 * @param target name of the column of classes
 * @param bias at the deployed head, 0 to 1
 * @param rowsFrom name of the rows that influence is measured of; {@code train} if they are those
 *     that the model was trained on
 * @param rows how many
 * @param alignedShare share of them that is bias-aligned, 0 to 1
 * @param stability share of the most harmful rows that is found again when the pairs are drawn
 *     anew, 0 to 1
 * @param harmful rows without which the bias would be lower, the most harmful first
 * @param helpful rows without which it would be higher, the most helpful first
 * @param cautions what a reader must know beyond the cautions that hold for every explanation
 * @param provenance where the numbers come from; its artefact of role {@code model} is the deployed
 *     model
 */
public record ExplanationRecord(
    String commandLine,
    String biasFunction,
    String attribute,
    String target,
    double bias,
    String rowsFrom,
    int rows,
    double alignedShare,
    double stability,
    Ranking harmful,
    Ranking helpful,
    List<String> cautions,
    Provenance provenance) {
  /** Copies the list. */
  public ExplanationRecord {
    cautions = List.copyOf(cautions);
  }

  /**
   * The first rows by influence.
   *
   * @param alignedShare share of them that is bias-aligned, 0 to 1
   * @param rows the first of them first
   */
  public record Ranking(double alignedShare, List<Row> rows) {
    /** Copies the list. */
    public Ranking {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One training row.
   *
   * @param number counted from 1 in the file that it comes from
   * @param influence by how much the bias would be lower without it, to first order
   * @param target its class
   * @param attributeValue its value of the attribute; empty if that is not known
   * @param columns its further columns, as the table writes them, in their order
   * @param picture a small picture of it (PNG), if one is to be shown
   */
  public record Row(
      int number,
      double influence,
      String target,
      String attributeValue,
      Map<String, String> columns,
      Optional<byte[]> picture) {
    /** Copies the map. */
    public Row {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }
}

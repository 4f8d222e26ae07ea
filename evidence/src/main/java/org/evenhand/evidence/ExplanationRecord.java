package org.evenhand.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * @param hessian of their loss, by which influence is measured
 * @param alignedShare share of them that is bias-aligned, 0 to 1
 * @param stability share of the most harmful rows that is found again when the pairs are drawn
 *     anew, 0 to 1
 * @param groups what the rows of each group come to
 * @param harmful rows without which the bias would be lower, the most harmful first
 * @param helpful rows without which it would be higher, the most helpful first
 * @param showsRows whether pages and machine output show the harmful and helpful rows one by one;
 *     each is the record of a person. Without it they show groups alone
 * @param saidElsewhere names of columns that a reader need not see again with every row
 * @param cautions what a reader must know beyond the cautions that hold for every explanation
 * @param provenance where the numbers come from; its artefact of role {@code model} is the deployed
 *     model
 * @param presentation how it is presented to people
 */
public record ExplanationRecord(
    String commandLine,
    String biasFunction,
    String attribute,
    String target,
    double bias,
    String rowsFrom,
    int rows,
    Hessian hessian,
    double alignedShare,
    double stability,
    List<Group> groups,
    Ranking harmful,
    Ranking helpful,
    boolean showsRows,
    Set<String> saidElsewhere,
    List<String> cautions,
    Provenance provenance,
    Presentation presentation) {
  /** What holds for every explanation. */
  public static final String LABEL_NOISE =
      "Mislabelled rows look bias-conflicting and surface among the helpful ones: check the labels there first.";

  /** What holds wherever rows are shown one by one. */
  public static final String PERSONAL =
      "These are records of single persons: show them to nobody who may not see the data itself.";

  /** Copies the collections. */
  public ExplanationRecord {
    groups = List.copyOf(groups);
    saidElsewhere = Set.copyOf(saidElsewhere);
    cautions = List.copyOf(cautions);
  }

  /**
   * The training rows of one class and one value.
   *
   * @param target the class
   * @param attributeValue the value; empty for rows whose value is not known
   * @param aligned whether class and value occur together more often than by chance
   * @param rows how many
   * @param influence the mean of theirs: by how much the bias would be lower without one of them,
   *     to first order
   * @param harmful how many of the most harmful rows are among them
   * @param helpful how many of the most helpful rows are among them
   */
  public record Group(
      String target,
      String attributeValue,
      boolean aligned,
      int rows,
      double influence,
      int harmful,
      int helpful) {}

  /**
   * The Hessian of the training loss.
   *
   * @param ridge what damps it, in mean squares of a feature per row
   * @param conditionNumber its largest eigenvalue over its smallest
   */
  public record Hessian(double ridge, double conditionNumber) {}

  /**
   * A group as people read it, with labels: {@code repaid = yes, race = White}.
   *
   * @param groupTarget its class
   * @param attributeValue its value; empty if that is not known
   */
  public String groupNamed(String groupTarget, String attributeValue) {
    return "%s = %s, %s = %s"
        .formatted(
            target,
            presentation.classLabel(groupTarget),
            attribute,
            attributeValue.isEmpty()
                ? "unknown"
                : presentation.valueLabel(attribute, attributeValue));
  }

  /**
   * What a row's columns say that is not said elsewhere.
   *
   * @param row one of the harmful or helpful ones
   * @return by column, in the table's order
   */
  public Map<String, String> furtherColumns(Row row) {
    Map<String, String> further = new LinkedHashMap<>(row.columns());
    further.keySet().removeAll(saidElsewhere);
    return Collections.unmodifiableMap(further);
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
   * @param aligned whether class and value occur together more often than by chance; false if the
   *     value is not known
   * @param columns its cells, as the table writes them, in their order; without empty ones
   * @param picture a small picture of it (PNG), if one is to be shown
   */
  public record Row(
      int number,
      double influence,
      String target,
      String attributeValue,
      boolean aligned,
      Map<String, String> columns,
      Optional<byte[]> picture) {
    /** Copies the map. */
    public Row {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }
}

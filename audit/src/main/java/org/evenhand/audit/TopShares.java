package org.evenhand.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;

/**
 * What selection rates would be if the rows with the highest scores of the favourable class were
 * selected, as where a list is worked off from its top. Rows of equal score at the cut are selected
 * in part, each by the same share, so that the order of rows changes nothing.
 *
 * @param attribute its name
 * @param reference the value that others are compared with
 * @param cuts one per share
 */
public record TopShares(String attribute, String reference, List<Cut> cuts) {
  /** Copies the list. */
  public TopShares {
    cuts = List.copyOf(cuts);
  }

  /**
   * One share of the rows, from the top.
   *
   * @param share strictly between 0 and 1
   * @param values one per value of the attribute that occurs
   */
  public record Cut(double share, List<Value> values) {
    /** Copies the list. */
    public Cut {
      values = List.copyOf(values);
    }
  }

  /**
   * One value of the attribute.
   *
   * @param value its name
   * @param n rows, weighted
   * @param selectionRate the share of its rows that are selected
   * @param impactRatio that over the reference's
   */
  public record Value(String value, double n, Estimate selectionRate, Estimate impactRatio) {}

  /**
   * The shares of every attribute that has a reference.
   *
   * @param set the rows that are audited
   * @param answers one per row
   * @param audit of them
   * @param shares of the rows whose value is known, each strictly between 0 and 1
   * @throws AuditException if a share is out of range, no class is favourable, or the answers are
   *     labels
   */
  public static List<TopShares> of(
      LabelledSet set, Answers answers, AuditResult audit, List<Double> shares) {
    for (double share : shares) {
      if (!(share > 0 && share < 1)) {
        throw new AuditException(
            "A top share is %s; it must lie strictly between 0 and 1, such as 0.1 for the top tenth."
                .formatted(share));
      }
    }
    if (!(answers instanceof Answers.Soft soft)) {
      throw new AuditException("The answers are labels; top shares need scores.");
    }
    int favourable = audit.requireFavourable();
    int classes = soft.classes().size();
    return set.attributes().stream()
        .map(
            attribute -> {
              Members members = Members.of(attribute, set.weights());
              double[] scores = new double[members.rows().length];
              for (int i = 0; i < scores.length; i++) {
                scores[i] = soft.logProbabilities()[members.rows()[i] * classes + favourable];
              }
              String reference = audit.attribute(attribute.name()).reference();
              int[] ascending = RadixSort.ascending(scores);
              return new TopShares(
                  attribute.name(),
                  reference,
                  shares.stream()
                      .map(
                          share ->
                              cut(
                                  members,
                                  selected(
                                      members,
                                      scores,
                                      ascending,
                                      share,
                                      audit.settings().weightKind()),
                                  share,
                                  reference,
                                  audit.settings()))
                      .toList());
            })
        .toList();
  }

  /** Of every value the rows among the top share. */
  private static Tally[] selected(
      Members members, double[] scores, int[] ascending, double share, WeightKind kind) {
    Tally[] selected = Tally.none(members.attribute().size());
    double left = share * members.known();
    int end = ascending.length;
    while (end > 0 && left > 0) {
      int start = end;
      double tied = 0;
      while (start > 0 && scores[ascending[start - 1]] == scores[ascending[end - 1]]) {
        tied += members.weights()[ascending[--start]];
      }
      double part = tied > left ? left / tied : 1;
      for (int i = start; i < end; i++) {
        int b = members.attribute().codes()[ascending[i]];
        Tally row = Tally.of(members.weights()[ascending[i]], kind);
        selected[b] = selected[b].plus(row.part(part));
      }
      left -= part * tied;
      end = start;
    }
    return selected;
  }

  private static Cut cut(
      Members members, Tally[] selected, double share, String reference, AuditSettings settings) {
    Attribute attribute = members.attribute();
    Tally[] n = Tally.none(selected.length);
    for (int i = 0; i < members.rows().length; i++) {
      int b = attribute.codes()[i];
      n[b] = n[b].plus(Tally.of(members.weights()[i], settings.weightKind()));
    }
    int compared = attribute.values().indexOf(reference);
    List<Value> values = new ArrayList<>();
    for (int b : IntStream.range(0, n.length).filter(value -> n[value].weight() > 0).toArray()) {
      Known rate = rate(selected[b], n[b], settings.z());
      values.add(
          new Value(
              attribute.values().get(b),
              n[b].weight(),
              rate,
              b == compared
                  ? new Known(1, 1, 1)
                  : ratio(rate, rate(selected[compared], n[compared], settings.z()), reference)));
    }
    return new Cut(share, values);
  }

  private static Known rate(Tally selected, Tally all, double z) {
    return Tally.share(selected, all.less(selected)).wilson(z);
  }

  private static Estimate ratio(Known rate, Known reference, String name) {
    return reference.value() == 0
        ? new Unknown("none of the reference %s is selected".formatted(name))
        : Mover.ratio(rate, reference);
  }
}

package org.evenhand.baselines;

import java.util.List;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;

/**
 * One threshold for each value of an attribute, as what is added to the log-odds of the second of
 * two classes. A row of another value keeps its answer.
 *
 * @param reader of the attribute, |B| + 1 outputs, the last for other values
 * @param nats |B|, added to the log-odds, 32-bit values so that an exported model adds the same
 */
record ValueShift(PatchNetwork reader, float[] nats) implements Correction {
  ValueShift {
    if (reader.outputs() != nats.length + 1) {
      throw new IllegalArgumentException(
          "%d shifts for a reader of %d values".formatted(nats.length, reader.outputs() - 1));
    }
  }

  /** The shifts that put thresholds at these log-odds beyond today's. */
  static ValueShift ofCuts(PatchNetwork reader, float[] cuts) {
    float[] nats = new float[cuts.length];
    for (int b = 0; b < nats.length; b++) {
      // Subtracted from 0, since −0 would show as such.
      nats[b] = 0 - cuts[b];
    }
    return new ValueShift(reader, nats);
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public List<Patch> patches() {
    return List.of(reader);
  }

  @Override
  public List<InputColumn> furtherInputs() {
    return List.of(AttributeReader.column(reader));
  }

  @Override
  public <T> T shift(Formula<T> formula) {
    float[] table = new float[2 * reader.outputs()];
    for (int value = 0; value < nats.length; value++) {
      table[2 * value + 1] = nats[value];
    }
    return formula.times(formula.probabilities(reader), table, 2);
  }
}

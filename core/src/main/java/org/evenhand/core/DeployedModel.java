package org.evenhand.core;

import java.util.List;
import java.util.Map;

/** A classifier that runs somewhere as it is served: it says itself which columns it reads. */
public interface DeployedModel extends Classifier {
  /** The columns that a table must have, in the order of the model's inputs. */
  List<InputColumn> inputs();

  /** One sentence that says which output is read, as what, and where the classes come from. */
  String describe();

  /**
   * What the user should know before trusting the answers to these rows; one sentence each.
   *
   * @param table has every column of {@link #inputs}
   */
  List<String> warnings(Table table);

  /** Properties that the model carries with it, by name; none if it carries none. */
  default Map<String, String> metadata() {
    return Map.of();
  }

  /** The model as a run's provenance names it, in the role {@code model}. */
  Provenance.Artefact artefact();
}

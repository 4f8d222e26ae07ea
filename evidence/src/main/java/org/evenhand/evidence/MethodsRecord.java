package org.evenhand.evidence;

import java.util.List;
import org.evenhand.core.Provenance;
import org.evenhand.repair.MethodComparison;

/**
 * Methods of repair compared on one or several models.
 *
 * @param commandLine gives the same numbers again
 * @param models one or several, on the same rows
 * @param provenance where the numbers come from
 */
public record MethodsRecord(String commandLine, List<OfModel> models, Provenance provenance) {
  /** Copies the list. */
  public MethodsRecord {
    models = List.copyOf(models);
  }

  /**
   * The methods on one model.
   *
   * @param model the deployed model's file or address
   * @param comparison the figures
   */
  public record OfModel(Provenance.Artefact model, MethodComparison comparison) {
    /** The model's name without its folder. */
    public String name() {
      return Page.fileName(model);
    }
  }
}

package org.evenhand.evidence;

import java.util.List;
import org.evenhand.core.Provenance;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Contender;
import org.evenhand.repair.Method;
import org.evenhand.repair.MethodComparison;

/**
 * Methods of repair compared on one or several models.
 *
 * @param commandLine gives the same numbers again
 * @param models one or several, on the same rows
 * @param provenance where the numbers come from
 * @param presentation how they are presented to people
 */
public record MethodsRecord(
    String commandLine, List<OfModel> models, Provenance provenance, Presentation presentation) {
  /** Copies the list. */
  public MethodsRecord {
    models = List.copyOf(models);
  }

  /**
   * Presented as usual.
   *
   * @param commandLine gives the same numbers again
   * @param models one or several, on the same rows
   * @param provenance where the numbers come from
   */
  public MethodsRecord(String commandLine, List<OfModel> models, Provenance provenance) {
    this(commandLine, models, provenance, Presentation.NONE);
  }

  /** All methods that apply to some model, in the order in which the page numbers them. */
  List<Method> methods() {
    return models.stream()
        .flatMap(model -> model.comparison().contenders().stream())
        .map(Contender::method)
        .distinct()
        .toList();
  }

  /** The method's number on the page, from 1. */
  int number(Method method) {
    return methods().indexOf(method) + 1;
  }

  /** In which the bias is shown that a search for an aim sets against accuracy. */
  static Unit unit(Aim aim) {
    return aim.bias() == Aim.COUNTERFACTUAL_BIAS ? Unit.FINE_POINTS : Unit.POINTS;
  }

  /** What the searches are for, the same for every model. */
  Aim aim() {
    return models.get(0).comparison().limits().aim();
  }

  boolean several() {
    return models.size() > 1;
  }

  /** What a heading says of the model where there are several. */
  String of(OfModel model) {
    return several() ? " for " + model.name() : "";
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

package org.evenhand.cli;

import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.Head;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;

/**
 * A deployed model with another head, before it is written. Closing the deployed model closes it.
 *
 * @param deployed gives the features
 * @param head answers
 */
record EditedModel(HeadedClassifier deployed, Head head) implements DeployedModel {
  @Override
  public Answers.Soft answer(Table inputs) {
    return head.answers(deployed.features(inputs));
  }

  @Override
  public Classes classes() {
    return deployed.classes();
  }

  @Override
  public List<InputColumn> inputs() {
    return deployed.inputs();
  }

  @Override
  public String describe() {
    return deployed.describe();
  }

  @Override
  public List<String> warnings(Table table) {
    return deployed.warnings(table);
  }

  @Override
  public Provenance.Artefact artefact() {
    return deployed.artefact();
  }

  @Override
  public void close() {}
}

package org.evenhand.core;

import java.util.List;
import java.util.Map;

/** A deployed model with a change: says of itself what the deployed one does, answers otherwise. */
abstract class ChangedModel implements DeployedModel {
  private final DeployedModel deployed;

  ChangedModel(DeployedModel deployed) {
    this.deployed = deployed;
  }

  DeployedModel deployed() {
    return deployed;
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
  public Map<String, String> metadata() {
    return deployed.metadata();
  }

  @Override
  public Provenance.Artefact artefact() {
    return deployed.artefact();
  }

  @Override
  public void close() {}
}

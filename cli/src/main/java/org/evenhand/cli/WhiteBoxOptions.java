package org.evenhand.cli;

import org.evenhand.audit.AuditSettings;
import org.evenhand.workflow.WhiteBoxRequest;
import picocli.CommandLine.Mixin;

/** Where a model that is looked into, its rows and their counterparts come from. */
final class WhiteBoxOptions {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private HeadOptions head = new HeadOptions();
  @Mixin private FlipOptions flips = new FlipOptions();

  /** Refuses options that do not go together. */
  void check() {
    head.check(data);
    images.check(true, head.namesRows() || data.file().isPresent());
    data.requireTarget();
    data.check(flips.named());
    flips.requireConsistent();
  }

  /** What the options say. */
  WhiteBoxRequest request(RunOptions run) {
    return new WhiteBoxRequest(
        head.file(model.source(run.threads(), run.seed())),
        head.layers(),
        head.rows(data),
        images.request(),
        head.train(),
        flips.request(run.seed()),
        head.maxPairs());
  }

  ImageOptions images() {
    return images;
  }

  FlipOptions flips() {
    return flips;
  }

  /** The settings with what the rows' weights mean. */
  AuditSettings weighted(AuditSettings settings) {
    return data.weighted(settings);
  }
}

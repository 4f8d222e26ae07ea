package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditSettings;

/**
 * What is audited.
 *
 * @param answers where they come from
 * @param rows that are answered
 * @param settings of the audit
 * @param tables what is measured beside the usual metrics
 */
public record AuditRequest(
    AnswerSource answers, RowsRequest rows, AuditSettings settings, MoreTables tables) {

  /** Where answers come from. */
  public sealed interface AnswerSource {
    /** The files that are read for them, which must not be overwritten. */
    List<Path> files();

    /**
     * A model that is asked.
     *
     * @param source where it is
     * @param images that it reads, if it reads any
     * @param flips which rows it is asked about again, with another value of an attribute
     */
    record Model(ModelSource source, Optional<ImagesRequest> images, FlipRequest flips)
        implements AnswerSource {
      @Override
      public List<Path> files() {
        List<Path> files = new ArrayList<>();
        images.ifPresent(given -> files.addAll(given.files()));
        files.addAll(source.files());
        files.addAll(flips.files());
        return files;
      }
    }

    /**
     * A column of the rows.
     *
     * @param answers which
     */
    record Recorded(RecordedAnswers answers) implements AnswerSource {
      @Override
      public List<Path> files() {
        return List.of();
      }
    }
  }

  /**
   * The test rows, or all where there are none, of a model of tables.
   *
   * @param model where it is
   * @param rows that it is asked about
   * @param settings of the audit
   */
  public static AuditRequest of(ModelSource model, RowsRequest rows, AuditSettings settings) {
    return new AuditRequest(
        new AnswerSource.Model(model, Optional.empty(), FlipRequest.NONE),
        rows,
        settings,
        MoreTables.NONE);
  }

  /**
   * Answers that the rows record in a column.
   *
   * @param answers which
   * @param rows that have them
   * @param settings of the audit
   */
  public static AuditRequest of(RecordedAnswers answers, RowsRequest rows, AuditSettings settings) {
    return new AuditRequest(new AnswerSource.Recorded(answers), rows, settings, MoreTables.NONE);
  }

  /** The files that are read, which must not be overwritten. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(rows.files());
    files.addAll(answers.files());
    return files;
  }
}

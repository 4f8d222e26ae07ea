package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Progress;
import org.evenhand.core.Provenance;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairGoals;

/**
 * What is repaired, how, and how the repair is judged.
 *
 * @param command that asks for it, such as {@code erase}
 * @param subject the deployed model with its rows
 * @param method makes the method, which may tell how far it has come
 * @param goals what the repair is for, and what it may cost
 * @param judgement of the audits before and after; its seed and decision rule are the method's too
 * @param testFraction share of the rows that is held out to measure on where there are no test
 *     rows, strictly between 0 and 1
 * @param threads that may work at once; changes no figure
 * @param files where the result goes
 * @param overwrite whether files of these names may be replaced; else one stops the run before any
 *     work
 * @param force whether the model is written even if the repair is declined; its report always is
 * @param pictures whether the report shows single images and where model and repair look in them
 */
public record RepairRequest(
    String command,
    Subject subject,
    Function<Progress, Repair> method,
    RepairGoals goals,
    AuditSettings judgement,
    double testFraction,
    int threads,
    RepairFiles files,
    boolean overwrite,
    boolean force,
    boolean pictures) {
  /**
   * @throws WorkflowException if pictures are to be shown of a model that reads no images
   */
  public RepairRequest {
    if (pictures && subject.images().isEmpty()) {
      throw new WorkflowException(
          "Pictures are shown of a model that reads images, but none are named; name their pack.");
    }
  }

  /**
   * A repair whose report shows no pictures.
   *
   * @param command that asks for it
   * @param subject the deployed model with its rows
   * @param method makes the method
   * @param goals what the repair is for, and what it may cost
   * @param judgement of the audits before and after
   * @param testFraction share of the rows that is held out to measure on
   * @param threads that may work at once
   * @param files where the result goes
   * @param overwrite whether files of these names may be replaced
   * @param force whether the model is written even if the repair is declined
   */
  public RepairRequest(
      String command,
      Subject subject,
      Function<Progress, Repair> method,
      RepairGoals goals,
      AuditSettings judgement,
      double testFraction,
      int threads,
      RepairFiles files,
      boolean overwrite,
      boolean force) {
    this(
        command,
        subject,
        method,
        goals,
        judgement,
        testFraction,
        threads,
        files,
        overwrite,
        force,
        false);
  }

  /**
   * The same with other audits, such as by the rule by which the model's scores give its decisions.
   */
  RepairRequest judgedBy(AuditSettings settled) {
    return new RepairRequest(
        command,
        subject,
        method,
        goals,
        settled,
        testFraction,
        threads,
        files,
        overwrite,
        force,
        pictures);
  }

  /** A deployed model with its rows. */
  public sealed interface Subject {
    /** The rows that it is asked about. */
    RowsRequest rows();

    /** The images that it reads, if it reads any. */
    Optional<ImagesRequest> images();

    /** Which rows get counterparts under another value of an attribute. */
    FlipRequest flips();

    /** The files that are read, which must not be overwritten. */
    List<Path> files();

    /** The files that are read beside the model's, with their hashes. */
    List<Provenance.Artefact> artefacts();
  }

  /**
   * A model that is asked.
   *
   * @param model where it is
   * @param rows that it is asked about
   * @param images that it reads, if it reads any
   * @param blind whether what corrects the answers may not read the protected attributes
   * @param inside whether its last layer may be edited, where it shows one
   * @param flips which attribute is flipped, to see and to lower what that does to answers
   */
  public record BlackBox(
      ModelSource model,
      RowsRequest rows,
      Optional<ImagesRequest> images,
      boolean blind,
      boolean inside,
      FlipRequest flips)
      implements Subject {
    /**
     * @throws WorkflowException if several attributes are flipped, one that is not among those to
     *     repair, or rows are paired and not flipped
     */
    public BlackBox {
      List<String> attributes = rows.roles().attributeNames();
      if (flips.columns().size() > 1) {
        throw new WorkflowException(
            "A search flips one attribute, but %s are to be flipped; name one."
                .formatted(String.join(", ", flips.columns())));
      }
      if (flips.pairsRows()) {
        throw new WorkflowException(
            "A search compares a row with itself under another value, so that it cannot pair rows of different people; only an edit of the last layer by itself can.");
      }
      for (String column : flips.columns()) {
        if (!attributes.isEmpty() && !attributes.contains(column)) {
          throw new WorkflowException(
              "'%s' is to be flipped, but not to be repaired; name it among the attributes."
                  .formatted(column));
        }
      }
    }

    /**
     * A model that can only be asked.
     *
     * @param model where it is
     * @param rows that it is asked about
     * @param images that it reads, if it reads any
     * @param blind whether what corrects the answers may not read the protected attributes
     */
    public BlackBox(
        ModelSource model, RowsRequest rows, Optional<ImagesRequest> images, boolean blind) {
      this(model, rows, images, blind, false, FlipRequest.NONE);
    }

    /**
     * A model of which no attribute is flipped.
     *
     * @param model where it is
     * @param rows that it is asked about
     * @param images that it reads, if it reads any
     * @param blind whether what corrects the answers may not read the protected attributes
     * @param inside whether its last layer may be edited, where it shows one
     */
    public BlackBox(
        ModelSource model,
        RowsRequest rows,
        Optional<ImagesRequest> images,
        boolean blind,
        boolean inside) {
      this(model, rows, images, blind, inside, FlipRequest.NONE);
    }

    /**
     * The attributes that are repaired: those of the rows, or where none is named the flipped one.
     */
    List<String> attributes() {
      return rows.roles().attributes().isEmpty() ? flips.columns() : rows.roles().attributes();
    }

    @Override
    public List<Path> files() {
      List<Path> files = new ArrayList<>(model.files());
      files.addAll(rows.files());
      files.addAll(flips.files());
      images.ifPresent(given -> files.addAll(given.files()));
      return files;
    }

    @Override
    public List<Provenance.Artefact> artefacts() {
      List<Provenance.Artefact> artefacts = new ArrayList<>(rows.artefacts());
      flips.files().forEach(file -> artefacts.add(Artefacts.of("pairs", file)));
      images.ifPresent(given -> artefacts.addAll(given.artefacts()));
      return artefacts;
    }
  }

  /**
   * A model that is looked into.
   *
   * @param inside its head, rows and counterparts
   * @param replacesRows whether the method asks for the counterparts of training rows
   */
  public record Opened(WhiteBoxRequest inside, boolean replacesRows) implements Subject {
    @Override
    public RowsRequest rows() {
      return inside.rows();
    }

    @Override
    public Optional<ImagesRequest> images() {
      return inside.images();
    }

    @Override
    public FlipRequest flips() {
      return inside.flips();
    }

    @Override
    public List<Path> files() {
      return inside.files();
    }

    @Override
    public List<Provenance.Artefact> artefacts() {
      return inside.artefacts();
    }
  }
}

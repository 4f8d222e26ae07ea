package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.evenhand.audit.AuditSettings;
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
    boolean force) {

  /**
   * The same with other audits, such as by the rule by which the model's scores give its decisions.
   */
  RepairRequest judgedBy(AuditSettings settled) {
    return new RepairRequest(
        command, subject, method, goals, settled, testFraction, threads, files, overwrite, force);
  }

  /** A deployed model with its rows. */
  public sealed interface Subject {
    /** The rows that it is asked about. */
    RowsRequest rows();

    /** The images that it reads, if it reads any. */
    Optional<ImagesRequest> images();

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
   */
  public record BlackBox(
      ModelSource model,
      RowsRequest rows,
      Optional<ImagesRequest> images,
      boolean blind,
      boolean inside)
      implements Subject {
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
      this(model, rows, images, blind, false);
    }

    @Override
    public List<Path> files() {
      List<Path> files = new ArrayList<>(model.files());
      files.addAll(rows.files());
      images.ifPresent(given -> files.addAll(given.files()));
      return files;
    }

    @Override
    public List<Provenance.Artefact> artefacts() {
      List<Provenance.Artefact> artefacts = new ArrayList<>(rows.artefacts());
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
    public List<Path> files() {
      return inside.files();
    }

    @Override
    public List<Provenance.Artefact> artefacts() {
      return inside.artefacts();
    }
  }
}

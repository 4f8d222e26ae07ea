package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Provenance;
import org.evenhand.data.SecondTable;

/**
 * Which rows, and which of their columns say what.
 *
 * @param file the rows; empty where images' names hold the labels
 * @param roles of the columns
 * @param apart a second table with the protected attributes that the file does not have
 * @param split which of the rows
 * @param separator between the cells of a row of a CSV file; found in its header by default
 */
public record RowsRequest(
    Optional<Path> file,
    Roles roles,
    Optional<SecondTable> apart,
    SplitChoice split,
    Optional<Character> separator) {
  /**
   * The usual rows of a file.
   *
   * @param file of a known format
   * @param roles of its columns
   */
  public static RowsRequest of(Path file, Roles roles) {
    return new RowsRequest(
        Optional.of(file), roles, Optional.empty(), SplitChoice.USUAL, Optional.empty());
  }

  /**
   * The same roles in another file.
   *
   * @param other of a known format
   */
  public RowsRequest in(Path other) {
    return new RowsRequest(Optional.of(other), roles, apart, split, separator);
  }

  /**
   * Other rows of the same file.
   *
   * @param other which
   */
  public RowsRequest withSplit(SplitChoice other) {
    return new RowsRequest(file, roles, apart, other, separator);
  }

  /**
   * The same rows with attributes from a second table.
   *
   * @param other is kept apart
   */
  public RowsRequest withApart(SecondTable other) {
    return new RowsRequest(file, roles, Optional.of(other), split, separator);
  }

  Path data() {
    return file.orElseThrow(() -> new WorkflowException("There is no file of rows; name one."));
  }

  /** The files that are read, which must not be overwritten. */
  public List<Path> files() {
    return Stream.concat(file.stream(), apart.stream().map(SecondTable::file)).toList();
  }

  /** The files that are read, with their hashes. */
  public List<Provenance.Artefact> artefacts() {
    return Stream.concat(
            file.stream().map(read -> Artefacts.of("data", read)),
            apart.stream().map(second -> Artefacts.of("attributes", second.file())))
        .toList();
  }
}

package org.evenhand.http;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Classes;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NamedClasses;

/**
 * Which output is read: chosen by the metadata where they declare it, otherwise by the first reply
 * to real rows. Safe for use by several threads, of which {@link HttpClassifier} lets one choose.
 */
final class ChosenOutput {
  private final ModelContract contract;
  private final Classes classes;
  private volatile List<String> wanted;
  private volatile Optional<OutputReader> reader;

  /**
   * @param declared outputs; may be empty
   * @param contract may name the output, what its scores are, and the classes
   */
  ChosenOutput(List<TensorInfo> declared, ModelContract contract) {
    OutputChoice choice = new OutputChoice(declared, contract);
    this.contract = contract;
    this.reader = choice.undeclared() ? Optional.empty() : Optional.of(choice.reader());
    this.wanted =
        reader.map(OutputReader::names).orElseGet(() -> contract.output().stream().toList());
    this.classes = reader.map(OutputReader::classes).orElseGet(choice::declaredClasses);
    if (reader.isEmpty() && contract.scale(List.of()).isPresent()) {
      wanted = List.of();
    }
  }

  /** The outputs to ask for; none for all of them. */
  List<String> wanted() {
    return wanted;
  }

  /** From now on asks for all outputs; some servers answer all of them or none. */
  void wantAll() {
    wanted = List.of();
  }

  Classes classes() {
    return classes;
  }

  /** For the user: the classes and who named them. */
  String named() {
    return reader
        .map(OutputReader::named)
        .orElseGet(() -> new NamedClasses(classes, NamedClasses.Source.DECLARED))
        .describe();
  }

  Optional<OutputReader> reader() {
    return reader;
  }

  /** Chooses among the outputs of a reply, unless they are chosen. */
  OutputReader reader(Reply reply) {
    if (reader.isEmpty()) {
      // Says which outputs there are if the wanted one is not among them.
      contract.output().filter(wanted::contains).ifPresent(reply::output);
      reader = Optional.of(new OutputChoice(reply.infos(), contract).reader(reply));
    }
    return reader.get();
  }

  /** What is read, as far as it is known. */
  String describe() {
    return reader
        .map(OutputReader::describe)
        .orElseGet(
            () ->
                wanted.isEmpty()
                    ? "(chosen by the first answer)"
                    : "'%s'".formatted(wanted.get(0)));
  }

  /** All of the choice that the metadata do not settle; part of what identifies kept answers. */
  String identity() {
    return wanted + " " + reader.map(OutputReader::describe).orElse("undeclared");
  }
}

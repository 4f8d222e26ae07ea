package org.evenhand.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.core.Spelling;
import org.evenhand.evidence.Presentation;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.Notes;
import org.evenhand.workflow.Roles;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How results are presented to people. */
@Under(Heading.PRESENTATION)
final class PresentationOptions {
  @Option(
      names = "--label",
      paramLabel = "COLUMN.VALUE=TEXT",
      converter = Label.Converter.class,
      description =
          "The name to show for a class or a value of an attribute, such as income.1='>50K'; JSON keeps the values. Repeatable.")
  private List<Label> labels = new ArrayList<>();

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "The title of the report page and of the summary.")
  private Optional<String> title = Optional.empty();

  @Option(
      names = "--prepared-by",
      paramLabel = "TEXT",
      description = "Who prepared the report, shown beside its date.")
  private Optional<String> preparedBy = Optional.empty();

  /**
   * A name to show.
   *
   * @param of column and value, with a dot between them
   * @param text to show
   */
  private record Label(String of, String text) {
    @Override
    public String toString() {
      return of + "=" + text;
    }

    /** Other tools call the column of true classes so. */
    private static final class Converter implements ITypeConverter<Label> {
      @Override
      public Label convert(String given) {
        int equals = given.indexOf('=');
        if (equals < 1) {
          throw new TypeConversionException(
              "'%s' gives no class or value a name, as COLUMN.VALUE=TEXT does; the column of true classes is named by --target"
                  .formatted(given));
        }
        return new Label(given.substring(0, equals), given.substring(equals + 1));
      }
    }
  }

  /**
   * What the options say.
   *
   * @param roles name target and attributes
   * @param flipped columns that are attributes too
   * @throws CliException if a label is of another column
   */
  Presentation presentation(Roles roles, List<String> flipped) {
    Set<String> columns = new LinkedHashSet<>(roles.target().stream().toList());
    for (String attribute : roles.attributeNames()) {
      columns.add(attribute);
      columns.addAll(List.of(attribute.split(",")));
    }
    columns.addAll(flipped);
    Map<String, Map<String, String>> byColumn = new HashMap<>();
    for (Label label : labels) {
      String column = column(label.of(), columns);
      byColumn
          .computeIfAbsent(column, name -> new HashMap<>())
          .put(label.of().substring(column.length() + 1), label.text());
    }
    return new Presentation(title, preparedBy, roles.target().orElse(""), byColumn);
  }

  /**
   * Warns of labels for values that nothing has, which are most likely misspelt.
   *
   * @param names that are shown
   * @param audit of the rows
   * @param notes told of them
   */
  static void warnOfUnused(Presentation names, AuditResult audit, Notes notes) {
    Map<String, Set<String>> known = new HashMap<>();
    known.put(names.target(), new TreeSet<>(audit.classes().names()));
    for (AttributeAudit attribute : audit.attributes()) {
      String[] columns = attribute.attribute().split(",", -1);
      for (ValueMetrics value : attribute.values()) {
        known.computeIfAbsent(attribute.attribute(), name -> new TreeSet<>()).add(value.value());
        String[] parts = value.value().split(", ", -1);
        for (int part = 0; part < columns.length && parts.length == columns.length; part++) {
          known.computeIfAbsent(columns[part].strip(), name -> new TreeSet<>()).add(parts[part]);
        }
      }
    }
    new TreeMap<>(names.labels())
        .forEach(
            (column, labels) -> {
              Set<String> values = known.getOrDefault(column, Set.of());
              labels.keySet().stream()
                  .filter(value -> !values.contains(value))
                  .sorted()
                  .forEach(
                      value ->
                          notes.warn(
                              "no row has %s = %s, so that its label is not used.%s"
                                  .formatted(column, value, Spelling.question(value, values))));
            });
  }

  /** Columns' names may have dots, and so may values. */
  private static String column(String of, Set<String> columns) {
    return columns.stream()
        .filter(column -> of.startsWith(column + "."))
        .findFirst()
        .orElseThrow(
            () ->
                new CliException(
                    "--label %s names no value of the target or of an attribute; expected COLUMN.VALUE=TEXT with one of the columns %s.%s"
                        .formatted(
                            of,
                            String.join(", ", columns),
                            Spelling.question(of.replaceFirst("\\..*", ""), columns))));
  }
}

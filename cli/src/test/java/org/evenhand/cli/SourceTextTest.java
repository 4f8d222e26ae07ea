package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What no source may say: options outside the command line, documents that are not here. */
class SourceTextTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Modules with commands of their own. */
  private static final Set<String> COMMANDS = Set.of("cli", "experiments");

  /** Modules that still speak of a specification; each is to leave this list. */
  private static final Set<String> NOT_YET_SELF_CONTAINED =
      Set.of("eraser", "unlearning", "evidence", "experiments");

  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z]+(?:-[a-z]+)*");

  /** A section of a document without its name. */
  private static final Pattern SECTION =
      Pattern.compile("(?i)\\bspec(?:ification)?\\b[ (§,]{1,3}\\d+\\.\\d");

  private static final Pattern DOCUMENT = Pattern.compile("[\\w./-]+\\.md\\b");

  private static String module(Path source) {
    return ROOT.relativize(source).getName(0).toString();
  }

  /** The Java sources of the modules, and the pages. */
  private static List<Path> files(String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT)) {
      for (Path part : top.sorted().toList()) {
        if (Files.isDirectory(part.resolve("src"))) {
          files.addAll(under(part.resolve("src"), ending));
        } else if (part.endsWith("docs")) {
          files.addAll(under(part, ending));
        } else if (part.toString().endsWith(ending)) {
          files.add(part);
        }
      }
    }
    return files;
  }

  private static List<Path> under(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<String> found(Path file, Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(file)).results().map(MatchResult::group).toList();
  }

  /** The texts of a source outside its comments. */
  private static List<String> messages(Path source) throws IOException {
    String code =
        Files.readString(source)
            .lines()
            .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("//"))
            .collect(Collectors.joining("\n"));
    return TEXT.matcher(code).results().map(MatchResult::group).toList();
  }

  @Test
  void no_message_outside_the_commands_names_an_option() throws IOException {
    Set<String> options =
        Evenhand.commandLine().getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .flatMap(command -> command.optionsMap().keySet().stream())
            .collect(Collectors.toSet());
    List<String> named = new ArrayList<>();
    for (Path source : files(".java")) {
      if (!COMMANDS.contains(module(source)) && source.toString().contains("/src/main/")) {
        for (String text : messages(source)) {
          OPTION
              .matcher(text)
              .results()
              .map(MatchResult::group)
              .filter(options::contains)
              .forEach(option -> named.add(ROOT.relativize(source) + ": " + text));
        }
      }
    }

    assertThat(options).contains("--features", "--classes", "--output");
    assertThat(named).isEmpty();
  }

  @Test
  void nothing_refers_to_a_section_of_a_document_that_is_not_here() throws IOException {
    List<String> sections = new ArrayList<>();
    for (Path source : Stream.concat(files(".java").stream(), files(".md").stream()).toList()) {
      if (!NOT_YET_SELF_CONTAINED.contains(module(source))) {
        found(source, SECTION).forEach(text -> sections.add(ROOT.relativize(source) + ": " + text));
      }
    }

    assertThat(sections).isEmpty();
  }

  @Test
  void every_page_that_a_comment_names_is_here() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path source : files(".java")) {
      for (String page : found(source, DOCUMENT)) {
        if (page.contains("/") && !Files.exists(ROOT.resolve(page))) {
          missing.add(ROOT.relativize(source) + ": " + page);
        }
      }
    }

    assertThat(missing).isEmpty();
  }
}

package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What no source may say: options outside the command line, documents that are not here. */
class SourceTextTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Modules with commands of their own, and the one that says what options are called there. */
  private static final Set<String> COMMANDS = Set.of("cli", "experiments", "spark", "terminal");

  private static final Pattern TEXT =
      Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z]+(?:-[a-z]+)*");

  /** A document without its name, or a section of a paper, whose equations have numbers. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(?i)\\b(?:the|our|this) spec(?:ification)?\\b|(?<![/@.\\w])spec(?![\\w.)]|, [a-z])|"
              + "\\bspecification[ (§,]{1,3}(?:section )?\\d|"
              + "\\b(?:Rule Eraser|Model Debias),? (?:section )?\\d+\\.\\d");

  /** Pages of others that a comment names. */
  private static final Set<String> OF_OTHERS = Set.of("inference_rest.md");

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

  /** A page, or what a source says in its comments; wrapped lines are joined. */
  private static String prose(Path file) throws IOException {
    Stream<String> lines = Files.readString(file).lines().map(String::strip);
    if (file.toString().endsWith(".java")) {
      lines = lines.filter(line -> line.matches("(?:/\\*\\*|\\*|//).*"));
    }
    return lines
        .map(line -> line.replaceFirst("^(?:/\\*\\*|\\*|//) ?", ""))
        .collect(Collectors.joining(" "));
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
  void nothing_refers_to_a_document_that_is_not_here() throws IOException {
    List<String> references = new ArrayList<>();
    for (Path source : Stream.concat(files(".java").stream(), files(".md").stream()).toList()) {
      ELSEWHERE
          .matcher(prose(source))
          .results()
          .forEach(found -> references.add(ROOT.relativize(source) + ": " + found.group()));
    }

    assertThat(references).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the mean of both (spec 1.4)",
        "fixed as in the specification",
        "κ of the spec.",
        "the gap (Rule Eraser 1.9)",
        "Fast Model Debias, section 2.3"
      })
  void a_reference_to_such_a_document_is_recognised(String comment) {
    assertThat(ELSEWHERE.matcher(comment).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rule Eraser, equation (22)",
        "after the protocol's specification, inference_rest.md",
        "https://semver.org/spec/v2.0.0.html",
        "{@code spec.commandLine()}"
      })
  void a_named_source_is_none(String comment) {
    assertThat(ELSEWHERE.matcher(comment).find()).isFalse();
  }

  @Test
  void every_page_that_a_comment_names_is_here() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path source : files(".java")) {
      Matcher pages = DOCUMENT.matcher(prose(source));
      while (pages.find()) {
        String page = pages.group();
        if (!OF_OTHERS.contains(page) && !Files.exists(ROOT.resolve(page))) {
          missing.add(ROOT.relativize(source) + ": " + page);
        }
      }
    }

    assertThat(missing).isEmpty();
  }
}

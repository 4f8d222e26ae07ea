package org.evenhand.cli;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenhand.experiments.Reproduce;
import org.evenhand.terminal.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the documentation shows is so: its commands run, its Java is tested code, its links lead
 * somewhere, and every option is described.
 *
 * <p>A block of commands begins with {@code ```sh run}; further words say what is expected: {@code
 * exit=5}, or {@code data} where the commands need {@code EVENHAND_DATA}. They run in the order of
 * the pages, README.md first, in one folder that begins with nothing but {@code docs/examples}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<Path> EXAMPLES =
      List.of(
          ROOT.resolve("cli/src/test/java/org/evenhand/cli/examples"),
          ROOT.resolve("workflow/src/test/java/org/evenhand/workflow/examples"));
  private static final Path REFERENCE = ROOT.resolve("docs/command-line.md");

  /**
   * Pages that measurements write: they show what was run elsewhere, and links to them may be ahead
   * of the first measurement.
   */
  private static final List<String> MEASURED =
      List.of("docs/performance.md", "docs/results/table-1-");

  private static final Pattern FENCE =
      Pattern.compile("^```(\\w+)([^\\n]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("(?:]\\(|src=\"|srcset=\")([^)\\s\"]+)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
  private static final Pattern REGION =
      Pattern.compile("// docs:begin [\\w-]+\\n(.*?) *// docs:end", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z]+(?:-[a-z]+)*");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private static Path folder = Path.of("");

  /**
   * A fenced block.
   *
   * @param page it is on
   * @param language such as {@code sh}
   * @param notes what follows the language
   * @param text its lines
   */
  private record Block(Path page, String language, Set<String> notes, String text) {
    static Stream<Block> on(Path page) {
      return FENCE
          .matcher(textOf(page))
          .results()
          .map(
              found ->
                  new Block(
                      page,
                      found.group(1),
                      Set.of(found.group(2).strip().split(" +")),
                      found.group(3)));
    }

    List<String> commands() {
      return Arrays.stream(text.replace("\\\n", " ").split("\n"))
          .map(line -> line.strip().replaceAll(" +", " "))
          .filter(line -> line.startsWith("./evenhand ") || line.startsWith("evenhand "))
          .toList();
    }

    int expectedExit() {
      return notes.stream()
          .filter(note -> note.startsWith("exit="))
          .map(note -> Integer.parseInt(note.substring("exit=".length())))
          .findFirst()
          .orElse(ExitCode.DONE);
    }
  }

  private static List<Path> pages() {
    List<Path> pages = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(ROOT.resolve(name));
    }
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return pages;
  }

  private static String textOf(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<Block> blocks(String language) {
    return pages().stream()
        .filter(page -> !MEASURED.contains(ROOT.relativize(page).toString()))
        .flatMap(Block::on)
        .filter(block -> block.language.equals(language));
  }

  @TestFactory
  Stream<DynamicTest> every_command_runs_and_exits_as_documented() {
    Set<String> seen = new LinkedHashSet<>();
    return blocks("sh")
        .flatMap(
            block ->
                block.commands().stream()
                    .filter(seen::add)
                    .map(
                        command ->
                            dynamicTest(
                                ROOT.relativize(block.page) + ": " + command,
                                () -> check(block, command))));
  }

  @BeforeAll
  static void copyExamples() throws IOException {
    Path examples = Files.createDirectories(folder.resolve("docs/examples"));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs/examples"))) {
      for (Path file : files.toList()) {
        Files.copy(file, examples.resolve(file.getFileName()));
      }
    }
  }

  private static void check(Block block, String command) {
    assertThat(block.notes).as("a block of commands says that it can be run").contains("run");
    if (block.notes.contains("data")) {
      boolean there = System.getenv("EVENHAND_DATA") != null;
      assumeTrue(there || "true".equals(System.getenv("CI")), "EVENHAND_DATA is not set");
    }
    StringWriter err = new StringWriter();
    int exit = run(command, new StringWriter(), err);
    assertThat(exit).as(err.toString()).isEqualTo(block.expectedExit());
  }

  /** A model may be a file or a URL, so that its option does not tell that it takes a path. */
  private static String inFolder(String word) {
    Path file = folder.resolve(word);
    return Files.exists(file) ? file.toString() : word;
  }

  /** Runs a command line as if the working directory were the folder of this test. */
  private static int run(String command, StringWriter out, StringWriter err) {
    String[] words =
        WORD.matcher(command)
            .results()
            .skip(1)
            .map(word -> Stream.of(1, 2, 3).map(word::group).filter(g -> g != null).findFirst())
            .map(word -> inFolder(word.orElseThrow()))
            .toArray(String[]::new);
    // The launcher knows that experiments are a program of their own.
    boolean experiment = words[0].equals("reproduce");
    return (experiment ? new Reproduce().line() : Evenhand.commandLine())
        .registerConverter(Path.class, text -> folder.resolve(text))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(experiment ? Arrays.copyOfRange(words, 1, words.length) : words);
  }

  @Test
  @Order(Integer.MAX_VALUE) // The demo, of which some examples are, has then been run.
  void the_json_shown_is_part_of_what_is_printed() throws IOException {
    List<String> commands =
        Block.on(REFERENCE)
            .filter(block -> block.language.equals("sh"))
            .flatMap(block -> block.commands().stream())
            .filter(command -> command.endsWith("--json"))
            .toList();
    List<Block> shown = Block.on(REFERENCE).filter(block -> block.language.equals("json")).toList();
    assertThat(commands).hasSameSizeAs(shown).isNotEmpty();
    if (!Files.exists(folder.resolve("evenhand-out"))) {
      run("./evenhand demo", new StringWriter(), new StringWriter());
    }

    for (int i = 0; i < commands.size(); i++) {
      StringWriter out = new StringWriter();
      run(commands.get(i), out, new StringWriter());
      ObjectMapper json = new ObjectMapper();
      assertPartOf(
          json.readTree(shown.get(i).text), json.readTree(out.toString()), commands.get(i));
    }
  }

  /** Numbers are shown with four decimals; lists may end early. */
  private static void assertPartOf(JsonNode part, JsonNode whole, String where) {
    if (part.isObject()) {
      for (Map.Entry<String, JsonNode> field : part.properties()) {
        String key = where + " / " + field.getKey();
        assertThat(whole.has(field.getKey())).as(key).isTrue();
        assertPartOf(field.getValue(), whole.get(field.getKey()), key);
      }
    } else if (part.isArray()) {
      for (int i = 0; i < part.size(); i++) {
        assertThat(whole.size()).as(where).isGreaterThan(i);
        assertPartOf(part.get(i), whole.get(i), where + " / " + i);
      }
    } else if (part.isNumber()) {
      assertThat(part.asDouble()).as(where).isCloseTo(whole.asDouble(), within(5.1e-5));
    } else {
      assertThat(part).as(where).isEqualTo(whole);
    }
  }

  @Test
  void every_java_example_is_tested_code() throws IOException {
    List<String> regions = new ArrayList<>();
    for (Path examples : EXAMPLES) {
      try (Stream<Path> files = Files.list(examples)) {
        files.flatMap(DocumentationTest::regions).forEach(regions::add);
      }
    }

    List<String> shown = blocks("java").map(Block::text).toList();

    assertThat(shown).containsExactlyInAnyOrderElementsOf(regions);
  }

  private static Stream<String> regions(Path code) {
    return REGION
        .matcher(textOf(code))
        .results()
        .map(region -> region.group(1).stripTrailing().stripIndent() + "\n");
  }

  @Test
  void every_link_leads_somewhere() {
    for (Path page : pages()) {
      LINK.matcher(textOf(page))
          .results()
          .map(link -> link.group(1))
          .filter(link -> !link.startsWith("http"))
          .forEach(link -> assertLeadsSomewhere(page, link));
    }
  }

  private static void assertLeadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).toAbsolutePath().normalize();
    String name = ROOT.relativize(target).toString();
    if (MEASURED.stream().anyMatch(name::startsWith) && !Files.exists(target)) {
      return;
    }
    assertThat(target).as("%s links to %s", ROOT.relativize(page), link).exists();
    if (parts.length == 2) {
      assertThat(anchors(target)).as("%s links to %s", page, link).contains(parts[1]);
    }
  }

  private static List<String> anchors(Path page) {
    return HEADING
        .matcher(textOf(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void the_reference_describes_every_command_and_option_and_no_other() {
    Set<String> options = new TreeSet<>();
    Set<String> commands = new TreeSet<>();
    collect(Evenhand.commandLine(), options, commands);
    collect(new Reproduce().line(), options, commands);
    commands.add("reproduce");
    String reference = textOf(REFERENCE);

    Set<String> described =
        OPTION
            .matcher(reference)
            .results()
            .map(MatchResult::group)
            .collect(toCollection(TreeSet::new));

    assertThat(described).isEqualTo(options);
    assertThat(commands)
        .allSatisfy(name -> assertThat(reference).contains("## evenhand " + name + "\n"));
  }

  private static void collect(CommandLine line, Set<String> options, Set<String> commands) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.hidden()) {
        options.add(option.longestName());
      }
    }
    line.getSubcommands()
        .forEach(
            (name, subcommand) -> {
              commands.add(name);
              collect(subcommand, options, commands);
            });
  }

  @Test
  void ci_calls_the_test_command_of_the_readme() {
    assertThat(textOf(ROOT.resolve("README.md"))).contains("\nmvn verify\n");
    assertThat(textOf(ROOT.resolve(".ci/run"))).containsPattern("\nmvn( -\\w+)* verify\n");
  }
}

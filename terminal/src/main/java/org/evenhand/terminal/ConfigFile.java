package org.evenhand.terminal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Options in a YAML file, by their long names without dashes: a text or number for an option with a
 * value, {@code true} or {@code false} for a switch, a list for one that repeats or takes several,
 * and a map for one that takes {@code NAME=VALUE}. Texts are taken as they are written, as YAML 1.2
 * has it: {@code no} is a text and 0.10 keeps its zero.
 */
final class ConfigFile {
  private final String name;
  private final CommandLine command;
  private final Map<OptionSpec, NodeTuple> entries = new LinkedHashMap<>();

  private ConfigFile(String name, CommandLine command) {
    this.name = name;
    this.command = command;
  }

  /**
   * Reads a file.
   *
   * @param name of the file
   * @param command whose options it holds
   * @param misspelt answers keys that are no option
   * @throws ParameterException if it cannot be read or holds something else
   */
  static ConfigFile read(String name, CommandLine command, Misspelt misspelt) {
    ConfigFile file = new ConfigFile(name, command);
    for (NodeTuple entry : file.root().getValue()) {
      String key = file.text(entry.getKeyNode(), "a key");
      OptionSpec option = command.getCommandSpec().optionsMap().get("--" + key);
      if (option == null) {
        throw file.error(
            entry.getKeyNode(),
            "there is no option '%s'.%s"
                .formatted(key, misspelt.meantOption(key, command).replace("'--", "'")));
      }
      if (option.usageHelp() || option.versionHelp() || key.equals("config")) {
        throw file.error(entry.getKeyNode(), "'%s' can only be typed.".formatted(key));
      }
      if (file.entries.put(option, entry) != null) {
        throw file.error(
            entry.getKeyNode(), "'%s' is given twice; several values are a list.".formatted(key));
      }
    }
    return file;
  }

  /**
   * The options as they would be typed.
   *
   * @param typed arguments, whose options win
   */
  List<String> arguments(Collection<String> typed) {
    List<String> arguments = new ArrayList<>();
    entries.forEach(
        (option, entry) -> {
          if (!isTyped(option, typed)) {
            arguments.addAll(arguments(option, entry.getValueNode()));
          }
        });
    return arguments;
  }

  /**
   * The error with the line that it is about, if it is about a value of this file.
   *
   * @param error of the parser
   * @param typed arguments, whose options win
   */
  ParameterException located(ParameterException error, Collection<String> typed) {
    NodeTuple entry = error.getArgSpec() instanceof OptionSpec option ? entries.get(option) : null;
    return entry == null || isTyped((OptionSpec) error.getArgSpec(), typed)
        ? error
        : error(entry.getValueNode(), String.valueOf(error.getMessage()));
  }

  private static boolean isTyped(OptionSpec option, Collection<String> typed) {
    return Stream.of(option.names())
        .anyMatch(
            name ->
                typed.stream()
                    .anyMatch(
                        argument -> argument.equals(name) || argument.startsWith(name + "=")));
  }

  private List<String> arguments(OptionSpec option, Node value) {
    String typed = option.names()[0];
    if (option.arity().max() == 0) {
      return isTrue(option, value) ? List.of(typed) : List.of();
    }
    if (option.arity().min() == 0 && value instanceof ScalarNode scalar && isSwitchedOn(scalar)) {
      return List.of(typed);
    }
    List<String> texts = texts(option, value);
    return option.isMultiValue()
        ? texts.stream().map(text -> typed + "=" + text).toList()
        : List.of(typed + "=" + String.join(",", texts));
  }

  private static boolean isSwitchedOn(ScalarNode scalar) {
    return scalar.getValue().isEmpty() || scalar.getValue().equals("true");
  }

  private boolean isTrue(OptionSpec option, Node value) {
    String text = value instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!text.equals("true") && !text.equals("false")) {
      throw error(value, "'%s' is a switch; write true or false.".formatted(key(option)));
    }
    return text.equals("true");
  }

  private List<String> texts(OptionSpec option, Node value) {
    if (value instanceof SequenceNode list) {
      if (!option.isMultiValue() && !option.paramLabel().contains(",")) {
        throw error(value, "'%s' takes one value, not a list.".formatted(key(option)));
      }
      return list.getValue().stream().map(item -> text(item, "an item of a list")).toList();
    }
    if (value instanceof MappingNode map) {
      if (!option.paramLabel().contains("=")) {
        throw error(value, "'%s' takes no map.".formatted(key(option)));
      }
      return pairs(map, "");
    }
    return List.of(text(value, "'" + key(option) + "'"));
  }

  /** A map in a map joins the names by a point, as in COLUMN.VALUE=TEXT. */
  private List<String> pairs(MappingNode map, String outer) {
    List<String> pairs = new ArrayList<>();
    for (NodeTuple entry : map.getValue()) {
      String key = outer + text(entry.getKeyNode(), "a key");
      if (entry.getValueNode() instanceof MappingNode inner) {
        pairs.addAll(pairs(inner, key + "."));
      } else if (entry.getValueNode() instanceof SequenceNode list) {
        pairs.add(
            key
                + "="
                + String.join(
                    ",",
                    list.getValue().stream()
                        .map(item -> text(item, "an item of a list"))
                        .toList()));
      } else {
        pairs.add(key + "=" + text(entry.getValueNode(), "'" + key + "'"));
      }
    }
    return pairs;
  }

  private String text(Node node, String what) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw error(
        node,
        node instanceof ScalarNode ? what + " is empty." : what + " must be a text or a number.");
  }

  private MappingNode root() {
    try {
      Node root =
          new Compose(LoadSettings.builder().setLabel(name).build())
              .composeString(content())
              .orElseThrow(() -> error("%s is empty; expected options.".formatted(name)));
      if (root instanceof MappingNode map) {
        return map;
      }
      throw error(
          root,
          "expected options, each as its name, a colon and a value, such as 'target: repaid'.");
    } catch (MarkedYamlEngineException e) {
      throw error(
          "%s%s: this is not YAML: %s."
              .formatted(
                  name,
                  e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse(""),
                  e.getProblem()));
    } catch (YamlEngineException e) {
      throw error("%s is not YAML.".formatted(name));
    }
  }

  private String content() {
    try {
      return Files.readString(Path.of(name));
    } catch (NoSuchFileException e) {
      throw error("There is no file %s.".formatted(name));
    } catch (CharacterCodingException e) {
      throw error("%s is not YAML: it is not text in UTF-8.".formatted(name));
    } catch (IOException | RuntimeException e) {
      throw error("%s cannot be read (%s).".formatted(name, e.getMessage()));
    }
  }

  private static String key(OptionSpec option) {
    return option.names()[0].substring(2);
  }

  private ParameterException error(Node at, String sentence) {
    return error(
        "%s, line %d: %s"
            .formatted(
                name, at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1), sentence));
  }

  private ParameterException error(String sentence) {
    return new ParameterException(command, sentence);
  }
}

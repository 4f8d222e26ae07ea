package org.evenhand.core;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the user declares of a deployed model, where the model does not say it itself. Wherever the
 * model is, what it says is matched with what is declared here, and nowhere else.
 *
 * @param features the columns of each tensor input {@code [N,d]}, in order, by the input's name;
 *     {@link #ONLY_INPUT} stands for the only one; empty for a model with one input per column
 * @param classes the names of the classes in the model's order, for models that do not name them;
 *     empty for "0", "1", …
 * @param output the name of the output to read or, where no output has that name, {@link #SIGMOID}
 *     or {@link #LOGITS}; empty to find it by name, shape and what it holds
 */
@SuppressWarnings("serial") // the optional output is written by another record
public record ModelContract(
    Map<String, List<String>> features, List<String> classes, Optional<String> output)
    implements Serializable {
  /** Declares, as the {@link #output}, that a model's K scores are independent sigmoids. */
  public static final String SIGMOID = "sigmoid";

  /** Declares, as the {@link #output}, that the scores are logits, whatever the output's name. */
  public static final String LOGITS = "logits";

  /** Stands, among the {@link #features}, for the input of a model that has one. */
  public static final String ONLY_INPUT = "";

  /**
   * The same as Java serialises it, which an {@link Optional} cannot be.
   *
   * @param output at most one
   */
  private record Written(
      Map<String, List<String>> features, List<String> classes, List<String> output)
      implements Serializable {
    private Object readResolve() {
      return new ModelContract(features, classes, output.stream().findFirst());
    }
  }

  private Object writeReplace() {
    return new Written(features, classes, output.stream().toList());
  }

  private static final ModelContract NONE =
      new ModelContract(Map.of(), List.of(), Optional.empty());

  /** Copies the lists. */
  public ModelContract {
    features = Map.copyOf(features);
    classes = List.copyOf(classes);
  }

  /** Nothing is declared: the model says everything itself. */
  public static ModelContract none() {
    return NONE;
  }

  /**
   * The same for a model with one tensor input.
   *
   * @param columns of the input, in order; empty to declare none
   */
  public ModelContract withFeatures(List<String> columns) {
    return withFeatures(columns.isEmpty() ? Map.of() : Map.of(ONLY_INPUT, columns));
  }

  /**
   * The same for a model with several tensor inputs.
   *
   * @param columns see {@link #features}
   */
  public ModelContract withFeatures(Map<String, List<String>> columns) {
    return new ModelContract(columns, classes, output);
  }

  /**
   * The same with other classes.
   *
   * @param names see {@link #classes}
   */
  public ModelContract withClasses(List<String> names) {
    return new ModelContract(features, names, output);
  }

  /**
   * The same with another output.
   *
   * @param name see {@link #output}
   */
  public ModelContract withOutput(String name) {
    return new ModelContract(features, classes, Optional.of(name));
  }

  /**
   * The table's columns that fill each input of a model.
   *
   * @param inputs as the model declares them, at least one
   * @return for each input its columns, side by side
   * @throws CoreException if the features do not fit the inputs, or are needed and not declared
   */
  public List<List<String>> columns(List<ModelTensor> inputs) {
    List<String> only = features.getOrDefault(ONLY_INPUT, List.of());
    if (!only.isEmpty()) {
      ModelTensor filled = inputOfSeveral(inputs, only);
      requireFilled(filled, only);
      return inputs.stream()
          .map(input -> input.equals(filled) ? only : List.of(input.name()))
          .toList();
    }
    requireInputs(inputs);
    return inputs.stream().map(input -> columns(input, inputs.size())).toList();
  }

  private List<String> columns(ModelTensor input, int inputs) {
    List<String> named = features.getOrDefault(input.name(), List.of());
    if (!named.isEmpty()) {
      requireFilled(input, named);
      return named;
    }
    OptionalInt width = input.width();
    boolean several = width.isEmpty() ? inputs == 1 : width.getAsInt() != 1;
    if (several && input.kind() != InputColumn.Kind.TENSOR) {
      throw new CoreException(
          "The model's input '%s' takes %s values per row; name its columns in order%s."
              .formatted(
                  input.name(),
                  width.isEmpty() ? "several" : String.valueOf(width.getAsInt()),
                  inputs == 1 ? "" : ", as in '%s=COLUMN,…;…'".formatted(input.name())),
          Setting.FEATURES);
    }
    return List.of(input.name());
  }

  /**
   * The only input; beside inputs of one value each, such as an attribute that a correction is
   * given, the only one that takes several.
   */
  private static ModelTensor inputOfSeveral(List<ModelTensor> inputs, List<String> columns) {
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    List<ModelTensor> several =
        inputs.stream()
            .filter(input -> input.kind() != InputColumn.Kind.TENSOR)
            .filter(input -> input.width().isEmpty() || input.width().getAsInt() > 1)
            .toList();
    if (several.size() != 1) {
      throw new CoreException(
          "%d columns are named as those of the model's only input, but this model has %d inputs: %s."
              .formatted(columns.size(), inputs.size(), names(inputs)),
          Setting.FEATURES);
    }
    return several.get(0);
  }

  private void requireInputs(List<ModelTensor> inputs) {
    features.keySet().stream()
        .filter(name -> inputs.stream().noneMatch(input -> input.name().equals(name)))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw new CoreException(
                  "Columns are named for input '%s', but the model's inputs are %s."
                      .formatted(name, names(inputs)),
                  Setting.FEATURES);
            });
  }

  private static String names(List<ModelTensor> inputs) {
    return inputs.stream().map(ModelTensor::name).collect(Collectors.joining(", "));
  }

  private static void requireFilled(ModelTensor input, List<String> columns) {
    if (input.kind() == InputColumn.Kind.TENSOR) {
      throw new CoreException(
          "Columns of numbers are named, but the model's input '%s' takes an image of shape %s per row; name none."
              .formatted(input.name(), input.shape().subList(1, input.shape().size())),
          Setting.FEATURES);
    }
    int width = input.width().orElse(columns.size());
    if (width != columns.size()) {
      throw new CoreException(
          "The model's input '%s' takes %d values per row, but %s named for it."
              .formatted(
                  input.name(),
                  width,
                  columns.size() == 1 ? "1 column is" : columns.size() + " columns are"),
          Setting.FEATURES);
    }
  }

  /**
   * The output that is declared by its name.
   *
   * @param readable the outputs that have values for each row
   * @throws CoreException if what is declared is neither one of them nor what scores are
   */
  public Optional<String> outputName(Collection<String> readable) {
    if (output.isEmpty() || readable.contains(output.get())) {
      return output;
    }
    if (scaleOfWord(output.get()).isPresent()) {
      return Optional.empty();
    }
    throw new CoreException(
        "The model has no output '%s' with values for each row; it has %s."
            .formatted(output.get(), quoted(readable)),
        Setting.OUTPUT);
  }

  /**
   * What the scores are declared to be.
   *
   * @param readable the outputs that have values for each row: one of their names is no declaration
   */
  public Optional<ScoreScale> scale(Collection<String> readable) {
    return output.filter(name -> !readable.contains(name)).flatMap(ModelContract::scaleOfWord);
  }

  private static Optional<ScoreScale> scaleOfWord(String word) {
    return switch (word) {
      case SIGMOID -> Optional.of(ScoreScale.SIGMOIDS);
      case LOGITS -> Optional.of(ScoreScale.LOGITS);
      default -> Optional.empty();
    };
  }

  /**
   * Refuses to choose between outputs that are equally likely.
   *
   * @param rivals names of outputs, at least one
   * @throws CoreException if there are several
   */
  public static void requireOne(List<String> rivals) {
    if (rivals.size() > 1) {
      throw new CoreException(
          "The outputs %s could each be the model's answer; choose one.".formatted(quoted(rivals)),
          Setting.OUTPUT);
    }
  }

  private static String quoted(Collection<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  /**
   * The classes with the names that the model gives them, else those declared, else numbers.
   *
   * @param output the output that tells them apart
   * @param own the model's names, in the order of its scores
   * @param size K
   * @throws CoreException if the declared classes are not K, or not those that the model names
   */
  public NamedClasses named(String output, Optional<List<String>> own, int size) {
    if (own.isPresent()) {
      if (!classes.isEmpty() && !classes.equals(own.get())) {
        throw new CoreException(
            "The classes are declared as %s, but the model's own class labels are %s; declare none."
                .formatted(String.join(", ", classes), String.join(", ", own.get())),
            Setting.CLASSES);
      }
      return new NamedClasses(new Classes(own.get()), NamedClasses.Source.MODEL);
    }
    if (classes.isEmpty()) {
      return new NamedClasses(
          new Classes(IntStream.range(0, size).mapToObj(String::valueOf).toList()),
          NamedClasses.Source.NUMBERS);
    }
    if (classes.size() != size) {
      throw new CoreException(
          "%d classes are declared, but the model's output '%s' has scores for %d."
              .formatted(classes.size(), output, size),
          Setting.CLASSES);
    }
    return new NamedClasses(new Classes(classes), NamedClasses.Source.DECLARED);
  }

  /**
   * The declared classes, for an output that does not say how many it tells apart.
   *
   * @param output the output
   * @throws CoreException if none are declared
   */
  public NamedClasses declaredClasses(String output) {
    if (classes.isEmpty()) {
      throw new CoreException(
          "The model does not say which classes its output '%s' decides between; name them."
              .formatted(output),
          Setting.CLASSES);
    }
    return new NamedClasses(new Classes(classes), NamedClasses.Source.DECLARED);
  }
}

package org.evenhand.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Classifier;
import org.evenhand.core.EvenhandException;
import org.evenhand.http.BearerToken;
import org.evenhand.http.HttpOptions;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.terminal.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The dependency table of the design, and what else the modules owe each other. */
class ModuleRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.evenhand");

  /** What a module may depend on beside itself and libraries. */
  private static final Map<String, List<String>> MAY_DEPEND_ON = new LinkedHashMap<>();

  static {
    MAY_DEPEND_ON.put("core", List.of());
    MAY_DEPEND_ON.put("audit", List.of("core"));
    MAY_DEPEND_ON.put("repair", List.of("core", "audit"));
    MAY_DEPEND_ON.put("patch", List.of("core"));
    MAY_DEPEND_ON.put("eraser", List.of("core", "audit", "repair"));
    MAY_DEPEND_ON.put("unlearning", List.of("core", "audit", "repair"));
    MAY_DEPEND_ON.put("baselines", List.of("core", "audit", "repair"));
    MAY_DEPEND_ON.put("onnx", List.of("core"));
    MAY_DEPEND_ON.put("http", List.of("core"));
    MAY_DEPEND_ON.put("data", List.of("core"));
    MAY_DEPEND_ON.put("images", List.of("core", "data"));
    MAY_DEPEND_ON.put("datasets", List.of("core", "data"));
    MAY_DEPEND_ON.put("parquet", List.of("core", "data"));
    MAY_DEPEND_ON.put("training", List.of("core", "repair", "onnx"));
    MAY_DEPEND_ON.put("evidence", List.of("core", "audit", "repair"));
    MAY_DEPEND_ON.put("terminal", List.of("core"));
    MAY_DEPEND_ON.put(
        "workflow",
        List.of(
            "core",
            "audit",
            "repair",
            "patch",
            "eraser",
            "unlearning",
            "baselines",
            "onnx",
            "http",
            "data",
            "images",
            "datasets",
            "evidence"));
    MAY_DEPEND_ON.put(
        "spark", List.of("core", "audit", "unlearning", "onnx", "data", "evidence", "terminal"));
    MAY_DEPEND_ON.put(
        "experiments",
        List.of(
            "core",
            "audit",
            "repair",
            "patch",
            "eraser",
            "unlearning",
            "baselines",
            "onnx",
            "data",
            "images",
            "datasets",
            "training",
            "workflow",
            "terminal"));
    MAY_DEPEND_ON.put(
        "cli",
        List.of(
            "core",
            "audit",
            "repair",
            "patch",
            "eraser",
            "unlearning",
            "baselines",
            "onnx",
            "http",
            "data",
            "images",
            "datasets",
            "evidence",
            "workflow",
            "terminal"));
  }

  /** A module's row of the page: its name, and what it uses of ours. */
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(\\w+)` \\| [^|]+ \\|\\s*([\\w, ]*?)\\s*\\| ?[^|]*\\|$", Pattern.MULTILINE);

  /** Modules whose classes compute. */
  private static final List<String> COMPUTE =
      List.of(
          "audit",
          "patch",
          "eraser",
          "unlearning",
          "onnx",
          "http",
          "data",
          "images",
          "datasets",
          "training");

  /** Classes of the command that compute still. */
  private static final List<String> STILL_COMPUTE =
      List.of("EraseCommand", "UnlearnCommand", "PatchOptions", "TrainCommand");

  private static final DescribedPredicate<JavaClass> COMPUTES =
      describe(
          "compute",
          type ->
              COMPUTE.stream().map(ModuleRulesTest::name).anyMatch(type.getPackageName()::equals)
                  && !type.isInterface()
                  && !type.isEnum()
                  && !type.isRecord()
                  && !belongToAnyOf(
                          HttpOptions.class,
                          OnnxOptions.class,
                          BearerToken.class,
                          AuditSettings.Builder.class)
                      .test(type));

  private static Stream<String> modules() {
    return MAY_DEPEND_ON.keySet().stream();
  }

  private static String name(String module) {
    return "org.evenhand." + module;
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_module_depends_on_no_others_of_ours_than_the_design_allows(String module) {
    String[] allowed =
        Stream.concat(Stream.of(module), MAY_DEPEND_ON.getOrDefault(module, List.of()).stream())
            .map(ModuleRulesTest::name)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(name(module))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(not(resideInAPackage("org.evenhand.."))))
        .check(CLASSES);
  }

  @Test
  void the_page_of_the_architecture_has_the_same_table() throws IOException {
    Map<String, List<String>> page =
        ROW.matcher(Files.readString(Path.of("../docs/architecture.md")))
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1),
                    row ->
                        Stream.of(row.group(2).split(", *"))
                            .filter(name -> !name.isBlank())
                            .toList()));
    page.remove("benchmarks");

    assertThat(page).isEqualTo(MAY_DEPEND_ON);
  }

  @Test
  void every_module_is_one_flat_package() {
    assertThat(
            CLASSES.getPackage("org.evenhand").getSubpackagesInTree().stream()
                .map(JavaPackage::getName))
        .containsExactlyInAnyOrderElementsOf(modules().map(ModuleRulesTest::name).toList());
  }

  @Test
  void modules_form_no_cycles() {
    slices().matching("org.evenhand.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void core_needs_nothing_but_java_and_jspecify() {
    classes()
        .that()
        .resideInAPackage("org.evenhand.core")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "org.evenhand.core")
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "ai.onnx..,               onnx",
    "org.bytedeco.pytorch..,  training",
    "com.google.protobuf..,   onnx",
    "de.siegmar..,            data datasets",
    "org.duckdb..,            parquet",
    "com.fasterxml.jackson.., evidence http experiments cli",
    "picocli..,               terminal spark experiments cli",
    "org.apache.spark..,      spark"
  })
  void a_library_is_known_to_the_modules_that_need_it_only(String library, String modules) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.of(modules.split(" ")).map(ModuleRulesTest::name).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  /** What trains networks over images is a part of its own, found at run time. */
  @Test
  void nothing_that_the_command_carries_knows_pytorch_or_the_experiments() {
    String[] carried =
        Stream.concat(
                Stream.of("cli", "parquet"), MAY_DEPEND_ON.getOrDefault("cli", List.of()).stream())
            .map(ModuleRulesTest::name)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(carried)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.bytedeco.pytorch..", name("training") + "..", name("experiments") + "..")
        .check(CLASSES);
  }

  @Test
  void every_exception_of_ours_speaks_to_the_user() {
    classes()
        .that()
        .areAssignableTo(Throwable.class)
        // Thrown and caught within one class, which then goes another way or words it.
        .and()
        .doNotHaveSimpleName("NotPlainException")
        .and()
        .doNotHaveSimpleName("TooLong")
        .and()
        .doNotHaveSimpleName("NotMoved")
        .should()
        .beAssignableTo(EvenhandException.class)
        .check(CLASSES);
  }

  @Test
  void a_module_has_one_type_of_exception() {
    Map<String, Long> exceptions = new LinkedHashMap<>();
    CLASSES.stream()
        .filter(type -> type.isAssignableTo(EvenhandException.class))
        .filter(type -> !type.isEquivalentTo(EvenhandException.class))
        .forEach(type -> exceptions.merge(type.getPackageName(), 1L, Long::sum));
    assertThat(exceptions.values()).containsOnly(1L);
  }

  /**
   * What computes is a class; requests, settings and results are records and enums, and the command
   * knows nothing else of the modules below {@code workflow}.
   */
  @Test
  void no_class_of_the_command_computes() {
    noClasses()
        .that()
        .resideInAPackage(name("cli"))
        .and(
            not(
                describe(
                    "compute still",
                    type -> STILL_COMPUTE.contains(type.getName().split("[.$]", -1)[3]))))
        .should()
        .dependOnClassesThat(COMPUTES.or(assignableTo(Classifier.class)))
        .check(CLASSES);
  }

  @Test
  void no_class_is_named_for_being_useful() {
    noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Managers?)").check(CLASSES);
  }

  @Test
  void only_main_ends_the_process_or_writes_to_its_streams() {
    noClasses()
        .that(not(belongToAnyOf(Program.class)))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}

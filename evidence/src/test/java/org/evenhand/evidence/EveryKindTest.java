package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.evidence.JsonFiles.parse;
import static org.evenhand.evidence.Samples.column;
import static org.evenhand.evidence.Samples.number;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a method may say, and whatever may be recorded, has its place in JSON and page. */
class EveryKindTest {
  private static final Value.Text WORD = new Value.Text("said in words");

  static List<Detail> details() {
    return List.of(
        new Fact("said", "Said", WORD, ""),
        FactTable.of("said", "Said", List.of(column("said", "Said")), List.of(List.of(WORD))),
        new FactGroup("said", "Said", List.of(new Fact("inner", "Inner", WORD, ""))));
  }

  static List<Value> values() {
    return List.of(
        WORD, new Value.Texts(List.of("one sentence", "another")), number(0.25, Unit.PLAIN));
  }

  static List<Evidence> evidence() {
    return List.of(Samples.auditEvidence(Samples.race(false)), Samples.repairEvidence());
  }

  /** A kind that is added without an example here, and so perhaps without a renderer, fails. */
  @Test
  void every_kind_has_an_example() {
    assertExamples(Detail.class, details());
    assertExamples(Value.class, values());
    assertExamples(Evidence.class, evidence());
  }

  private static <T> void assertExamples(Class<T> sealed, List<T> examples) {
    Set<Class<?>> shown = examples.stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(shown).isEqualTo(kinds(sealed).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("details")
  void every_detail_is_in_json_and_on_the_page(Detail detail) {
    ObjectNode node = Json.object();
    DetailJson.put(node, detail);

    assertThat(node.get("said").toString()).contains("said in words");
    assertThat(DetailHtml.of(List.of(detail)).markup()).contains("Said").contains("said in words");
  }

  @ParameterizedTest
  @MethodSource("values")
  void every_value_is_in_json_and_on_the_page_alone_and_in_a_table(Value value) {
    Fact fact = new Fact("fact", "Fact", value, "");
    FactTable table =
        FactTable.of(
            "table",
            "Table",
            List.of(column("row", "Row"), column("cell", "Cell")),
            List.of(List.of(WORD, value)));
    ObjectNode node = Json.object();
    DetailJson.put(node, List.of(fact, table));

    String shown =
        value instanceof Value.Quantity
            ? "0.25"
            : value instanceof Value.Text ? "said in words" : "another";
    assertThat(node.get("fact").toString()).contains(shown);
    assertThat(node.at("/table/0/cell")).isEqualTo(node.get("fact"));
    assertThat(DetailHtml.of(List.of(fact)).markup()).contains(shown);
    assertThat(DetailHtml.table(table).markup()).contains(shown);
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void every_unit_is_shown_in_its_own_way_and_written_as_it_is(Unit unit) {
    String expected =
        switch (unit) {
          case PERCENT -> "25.0\u00a0%";
          case POINTS -> "25.0 points";
          case FINE_POINTS -> "25.00 points";
          case COUNT -> "0.3";
          case NATS -> "0.250";
          case PLAIN -> "0.250";
        };
    Fact fact = Fact.number("figure", "Figure", 0.25, unit);
    ObjectNode node = Json.object();
    DetailJson.put(node, fact);

    assertThat(node.get("figure").doubleValue()).isEqualTo(0.25);
    assertThat(DetailHtml.of(List.of(fact)).markup()).contains("<dd>" + expected + "</dd>");
  }

  @ParameterizedTest
  @MethodSource("evidence")
  void all_evidence_is_in_json_and_a_page(Evidence evidence) {
    assertThat(parse(EvidencePack.machineOutput(evidence, Map.of())).get("command").textValue())
        .isNotBlank();
    assertThat(Pages.headings(Pages.parse(Report.of(evidence)))).contains("How to get this again");
  }

  @Test
  void what_could_not_be_computed_is_null_in_json_and_a_dash_on_the_page() {
    Fact fact = Fact.number("figure", "Figure", Double.NaN, Unit.PERCENT);
    ObjectNode node = Json.object();
    DetailJson.put(node, fact);

    assertThat(node.get("figure").isNull()).isTrue();
    assertThat(DetailHtml.of(List.of(fact)).markup()).contains("<dd>–</dd>");
  }

  @Test
  void an_empty_list_of_sentences_and_an_empty_table_leave_no_trace_on_the_page() {
    assertThat(
            DetailHtml.of(
                    List.of(
                        Fact.texts("none", "None", List.of()),
                        FactTable.of("empty", "Empty", List.of(column("a", "A")), List.of())))
                .markup())
        .isBlank();
  }

  @Test
  void a_long_table_is_folded_and_a_short_one_is_not() {
    List<List<Value>> rows = Stream.<List<Value>>generate(() -> List.of(WORD)).limit(13).toList();

    assertThat(table(rows)).contains("<summary>T: all 13 rows</summary>");
    assertThat(table(rows.subList(0, 12))).doesNotContain("<summary>");
  }

  private static String table(List<List<Value>> rows) {
    return DetailHtml.table(FactTable.of("t", "T", List.of(column("a", "A")), rows)).markup();
  }

  @Test
  void only_a_table_with_a_choice_says_which_row_was_chosen() {
    ObjectNode node = Json.object();
    DetailJson.put(node, details());
    DetailJson.put(node, Samples.proposal(Optional.empty(), "").candidates().orElseThrow());

    assertThat(node.at("/said/0").has("chosen")).isFalse();
    assertThat(node.at("/candidates/1/chosen").booleanValue()).isTrue();
    assertThat(node.at("/candidates/0/chosen").booleanValue()).isFalse();
  }
}

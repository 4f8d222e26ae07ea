package org.evenhand.cli;

import java.util.List;

/** The headings under which the help lists options. */
final class Heading {
  static final String MODEL = "Model";
  static final String ANSWERS = "Recorded answers, in place of a model";
  static final String ROWS = "Rows";
  static final String JUDGED = "What is judged";
  static final String OUTPUT = "Output";
  static final String GOAL = "Goal and limits";
  static final String METHOD = "Method";
  static final String VERDICT = "Decisions and verdicts";
  static final String ATTRIBUTES = "More about attributes";
  static final String COUNTERPARTS = "Counterparts";
  static final String IMAGES = "Images";
  static final String URL = "Models behind a URL";
  static final String TABLES = "More tables";
  static final String PLAN = "A plan, before there are rows";
  static final String PRESENTATION = "Presentation";

  /** The headings in the order of the help, the most used first. */
  static final List<String> ORDER =
      List.of(
          MODEL,
          ANSWERS,
          ROWS,
          JUDGED,
          OUTPUT,
          GOAL,
          METHOD,
          VERDICT,
          ATTRIBUTES,
          COUNTERPARTS,
          IMAGES,
          URL,
          TABLES,
          PLAN,
          PRESENTATION);

  private Heading() {}
}

package com.example.loans;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.Classifier;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Table;
import org.evenhand.onnx.CorrectionStep;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The endpoint. Requests come on many threads, and all of them may ask at once. */
@RestController
class DecisionController {
  private final CorrectionStep correction;
  private final Classifier fair;

  DecisionController(CorrectionStep correction) {
    this.correction = correction;
    this.fair = correction.after(Scorecard.classifier());
  }

  /**
   * One decision.
   *
   * @param repaid what is expected, {@code no} or {@code yes}
   * @param score the corrected probability of {@code yes}
   */
  record Decision(String repaid, double score) {}

  /** Decides about each applicant, in their order. */
  @PostMapping("/decisions")
  List<Decision> decide(@RequestBody List<Map<String, Object>> applicants) {
    Answers.Soft answers =
        (Answers.Soft) fair.answer(Table.ofRows(applicants, correction.inputs()));
    int[] decided = answers.decisions(DecisionRule.OF_MODEL);
    List<Decision> decisions = new ArrayList<>();
    for (int row = 0; row < decided.length; row++) {
      decisions.add(
          new Decision(
              answers.classes().names().get(decided[row]),
              Math.exp(answers.logProbabilities()[2 * row + 1])));
    }
    return decisions;
  }

  /** What is wrong with the rows is said in one sentence. */
  @ExceptionHandler
  ProblemDetail refused(EvenhandException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }
}

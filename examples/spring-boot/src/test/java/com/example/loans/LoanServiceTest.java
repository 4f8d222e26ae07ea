package com.example.loans;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Classifier;
import org.evenhand.core.Column;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit of what the service really answers, through its endpoint. */
class LoanServiceTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Table loans;
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    loans = SimulatedLending.table(20_000, 1);
    Path correction = folder.resolve("fair.step.onnx");
    WriteCorrection.write(loans, correction);
    service =
        SpringApplication.run(
            LoanService.class,
            "--server.port=0",
            "--spring.main.banner-mode=off",
            "--logging.level.root=warn",
            "--correction=" + correction);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpResponse<String> post(List<Map<String, Object>> applicants) {
    String port = service.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/decisions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(applicants)))
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The corrected probabilities of "yes" that the endpoint gives. */
  private static double[] scores(Table people) {
    List<Map<String, Object>> applicants = new ArrayList<>();
    for (int row = 0; row < people.rows(); row++) {
      Map<String, Object> applicant = new LinkedHashMap<>();
      for (Column column : people.columns()) {
        applicant.put(
            column.name(),
            column instanceof NumericColumn number
                ? number.values()[row]
                : ((TextColumn) column).value(row));
      }
      applicants.add(applicant);
    }
    JsonNode decisions = JSON.readTree(post(applicants).body());
    double[] scores = new double[people.rows()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = decisions.get(row).get("score").asDouble();
    }
    return scores;
  }

  private static double modelBias(AuditResult audit) {
    return ((Estimate.Known) audit.attribute("gender").modelBias().estimate()).value();
  }

  @Test
  void what_the_endpoint_decides_is_less_biased_than_the_scorecard() {
    LabelledSet unseen = WriteCorrection.rows(loans, Split.TEST);
    Classifier endpoint = Classifier.ofFunction(Scorecard.CLASSES, LoanServiceTest::scores);

    AuditResult before =
        Audit.of(unseen, Scorecard.classifier().answer(unseen.inputs()), AuditSettings.DEFAULT);
    AuditResult after = Audit.of(unseen, endpoint.answer(unseen.inputs()), AuditSettings.DEFAULT);

    assertThat(before.attribute("gender").verdict()).isEqualTo(Verdict.BIASED);
    assertThat(modelBias(after)).isLessThan(modelBias(before) / 2);
  }

  @Test
  void what_is_wrong_with_a_request_is_said_in_one_sentence() {
    HttpResponse<String> refused = post(List.of(Map.of("income", "much")));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(refused.body()).get("detail").asString())
        .isEqualTo("Row 0 has no 'debt_ratio'; it has income. Give null where a value is missing.");
  }
}

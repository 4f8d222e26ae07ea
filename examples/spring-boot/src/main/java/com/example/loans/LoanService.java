package com.example.loans;

import java.nio.file.Path;
import org.evenhand.onnx.CorrectionStep;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Decides about loans, with the correction that was written. */
@SpringBootApplication
public class LoanService {
  /** Opened once; Spring closes it when the service ends. */
  @Bean
  CorrectionStep correction(@Value("${correction:fair.step.onnx}") Path file) {
    return CorrectionStep.open(file);
  }

  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(LoanService.class, arguments);
  }
}

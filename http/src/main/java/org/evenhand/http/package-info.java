/**
 * Models behind the Open Inference Protocol v2 (REST, JSON) as classifiers: KServe, MLServer,
 * Triton and whatever else serves {@code /v2/models/…}.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>the model: {@link HttpClassifier}, with {@link HttpOptions} and {@link BearerToken};
 *   <li>the server: {@link ModelAddress}, {@link ModelServer}, {@link ModelMetadata}; {@link
 *       Backoff} says when to repeat what failed in passing, {@link AnswerCache} keeps answers on
 *       disk;
 *   <li>questions and answers: {@link Question}, {@link TableRows}, {@link ModelInput}; {@link
 *       OutputChoice} and {@link OutputReader}.
 * </ul>
 */
@NullMarked
package org.evenhand.http;

import org.jspecify.annotations.NullMarked;

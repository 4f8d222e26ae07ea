/**
 * Models behind the Open Inference Protocol v2 (REST, JSON) as classifiers: KServe, MLServer,
 * Triton and whatever else serves {@code /v2/models/…}.
 *
 * <p>{@link org.evenhand.http.HttpClassifier} reads what a model takes and answers from its
 * metadata, asks in batches with a bounded number of requests in flight, repeats what failed in
 * passing, and keeps the answers on disk if asked to.
 */
@NullMarked
package org.evenhand.http;

import org.jspecify.annotations.NullMarked;

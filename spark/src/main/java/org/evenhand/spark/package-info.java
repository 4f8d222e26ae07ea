/**
 * Evenhand over Datasets of Apache Spark.
 *
 * <ul>
 *   <li>{@link org.evenhand.spark.EvenhandSpark}: audits from counts that executors make in one
 *       pass; {@link org.evenhand.spark.RowAnswers} says where the answers are;
 *   <li>{@link org.evenhand.spark.ExecutorModel}: a model or a correction that executors ask.
 * </ul>
 *
 * <p>Spark itself is provided by whoever runs this.
 */
@NullMarked
package org.evenhand.spark;

import org.jspecify.annotations.NullMarked;

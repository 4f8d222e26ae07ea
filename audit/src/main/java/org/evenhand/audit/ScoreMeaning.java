package org.evenhand.audit;

import java.util.Optional;

/**
 * What recorded scores were taken for.
 *
 * @param column that they are in
 * @param about the class that a higher score speaks for
 * @param scale what they are, such as {@code probability}
 * @param threshold the score from which on that class is decided, in the scores' own unit; empty
 *     for the more probable class
 */
public record ScoreMeaning(String column, String about, String scale, Optional<Double> threshold) {}

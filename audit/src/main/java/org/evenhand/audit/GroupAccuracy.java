package org.evenhand.audit;

/**
 * Accuracy of one group (t,b).
 *
 * @param target the class's name
 * @param attributeValue the attribute's value
 * @param n rows, weighted
 * @param correct rows decided correctly, weighted
 * @param accuracy with its score interval; unknown for an empty group
 */
public record GroupAccuracy(
    String target, String attributeValue, double n, double correct, Estimate accuracy) {}

package org.evenhand.audit;

/**
 * Accuracy of one group (t,b).
 *
 * @param target the class's name
 * @param attributeValue the attribute's value
 * @param n rows, weighted
 * @param correct rows decided correctly, weighted
 * @param accuracy with its score interval; unknown for an empty group
 * @param judged whether the group has enough rows to count in gaps, averages and the verdict
 */
public record GroupAccuracy(
    String target,
    String attributeValue,
    double n,
    double correct,
    Estimate accuracy,
    boolean judged) {}

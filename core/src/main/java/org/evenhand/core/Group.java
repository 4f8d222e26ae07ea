package org.evenhand.core;

/**
 * The rows of one true class and one value of a protected attribute: (t,b) in the papers.
 *
 * @param target index of the class
 * @param attributeValue index of the attribute's value
 */
public record Group(int target, int attributeValue) {}

package org.evenhand.repair;

/**
 * A figure after a repair less the same figure before it, on the same rows.
 *
 * @param value the measured change
 * @param low with 95 % confidence the change is not below this
 * @param high with 95 % confidence the change is not above this; together the ends are a 90 %
 *     interval, so that they agree with {@link Finding}
 */
public record PairedChange(double value, double low, double high) {}

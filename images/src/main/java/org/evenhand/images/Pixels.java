package org.evenhand.images;

/**
 * A decoded image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 for grey, 3 for red, green and blue
 * @param values height × width × channels, row-major, each in 0…255 as a byte without sign
 */
record Pixels(int width, int height, int channels, byte[] values) {}

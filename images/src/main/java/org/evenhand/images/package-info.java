/**
 * Packs of images as tables.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>packs: {@link org.evenhand.images.ImagePack} opens a folder, a zip or a tar archive and
 *       gives the bytes of an image by name; {@link org.evenhand.images.FileNameLabels} reads
 *       labels out of the names;
 *   <li>pixels: {@link org.evenhand.images.ImageTable} decodes the images of a table's rows, {@link
 *       org.evenhand.images.Preprocessing} says size, layout and scale, {@link
 *       org.evenhand.images.BadImages} what becomes of an image that cannot be decoded;
 *   <li>looks: {@link org.evenhand.images.Thumbnail}, for reports.
 * </ul>
 *
 * <p>Errors are {@link org.evenhand.data.DataException}s, as for every other file of rows.
 */
@NullMarked
package org.evenhand.images;

import org.jspecify.annotations.NullMarked;

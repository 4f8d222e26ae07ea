/**
 * Where rows come from and what they mean: CSV files, packs of images, labels and groups read from
 * their columns, splits, public data sets found or fetched, Colored MNIST, and a simulated lending
 * population.
 *
 * <p>Rows in messages are data rows, counted from 1 without the header; lines are lines of the
 * file, counted from 1 with it.
 */
@NullMarked
package org.evenhand.data;

import org.jspecify.annotations.NullMarked;

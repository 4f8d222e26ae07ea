/**
 * Where rows come from and what their columns mean.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>files as tables: {@link org.evenhand.data.Tables} finds the {@link
 *       org.evenhand.data.TableFormat} of a name and reads with {@link
 *       org.evenhand.data.TableOptions}; {@link org.evenhand.data.CsvTable} reads CSV, {@link
 *       org.evenhand.data.CsvFile} writes it, {@link org.evenhand.data.SecondTable} joins columns
 *       of another file by key;
 *   <li>tables too large to load, counted: {@link org.evenhand.data.CountableTable}, {@link
 *       org.evenhand.data.Counting}, {@link org.evenhand.data.CountedRows};
 *   <li>roles of columns: {@link org.evenhand.data.Labelling} names them and {@link
 *       org.evenhand.data.Labels} reads targets, attributes and weights, with {@link
 *       org.evenhand.data.Bands} for numbers and {@link org.evenhand.data.ProbabilityColumns} for
 *       attributes known by probability only;
 *   <li>which rows: {@link org.evenhand.data.Split}, {@link org.evenhand.data.OtherRows}, {@link
 *       org.evenhand.data.Shuffle};
 *   <li>pairs: {@link org.evenhand.data.Flip} changes a column, with {@link
 *       org.evenhand.data.LinkedColumns} that follow it, {@link org.evenhand.data.PairFile} reads
 *       pairs that exist.
 * </ul>
 *
 * <p>Rows in messages are data rows, counted from 1 without the header; lines are lines of the
 * file, counted from 1 with it.
 */
@NullMarked
package org.evenhand.data;

import org.jspecify.annotations.NullMarked;

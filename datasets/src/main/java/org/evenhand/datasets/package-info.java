/**
 * Public data and constructions for demonstrations and experiments.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>public tables: {@link org.evenhand.datasets.Dataset} lists them, {@link
 *       org.evenhand.datasets.Catalogue} finds or fetches them and checks their hashes;
 *   <li>constructions: {@link org.evenhand.datasets.ColoredMnist} and {@link
 *       org.evenhand.datasets.TwoColoredMnist} from the files of MNIST, {@link
 *       org.evenhand.datasets.SimulatedLending} from a seed, with a known truth;
 *   <li>biases for other constructions: {@link org.evenhand.datasets.Corruption} of pictures,
 *       {@link org.evenhand.datasets.AlignedValues} of any attribute.
 * </ul>
 *
 * <p>Errors are {@link org.evenhand.data.DataException}s, as for every other file of rows.
 */
@NullMarked
package org.evenhand.datasets;

import org.jspecify.annotations.NullMarked;

/**
 * Experiments behind {@code evenhand reproduce}: each runs from seeds and writes its tables,
 * generated and never edited, to {@code docs/results/}.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>the program: {@link Reproduce} with {@link ImageChoices}; {@link Experiment} lists what it
 *       runs;
 *   <li>on tables: {@link TabularErasure}, {@link TabularRepair}, {@link TwoAttributeErasure},
 *       {@link AdultUnlearning};
 *   <li>on images: {@link TableOne} with its {@link ImageTask}s, {@link ColoredMnistUnlearning},
 *       {@link CelebaUnlearning};
 *   <li>what is written: {@link ResultTable}, {@link Summary} and the reports.
 * </ul>
 */
@NullMarked
package org.evenhand.experiments;

import org.jspecify.annotations.NullMarked;

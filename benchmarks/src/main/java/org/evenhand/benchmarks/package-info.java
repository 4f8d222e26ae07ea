/**
 * What Evenhand's parts cost: JMH benchmarks, and whole commands timed from start to exit. Run all
 * of it with {@code benchmarks/run}; {@code docs/performance.md} holds the figures.
 */
@NullMarked
package org.evenhand.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * The vocabulary of Evenhand: tables, labels, groups, classifiers and their answers, patches, and
 * the removal of a bias rule in log space. No native code, no dependency.
 *
 * <p>Array conventions: matrices are flat and row-major, their shape is stated where they appear.
 * Constructors keep the arrays they are given and accessors hand out the same arrays, without
 * copying: whoever passes or receives one must not change it afterwards.
 */
@NullMarked
package org.evenhand.core;

import org.jspecify.annotations.NullMarked;

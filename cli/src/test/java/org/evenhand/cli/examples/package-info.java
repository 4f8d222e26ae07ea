/**
 * The Java of the documentation, between markers. In a package of its own, so that it sees what a
 * user sees. {@code folder} holds what {@code evenhand demo} writes.
 */
package org.evenhand.cli.examples;

/**
 * What every program of ours owes the terminal that it runs on.
 *
 * <p>What lives where: {@link org.evenhand.terminal.Program} is a command line whose errors are one
 * sentence and an {@link org.evenhand.terminal.ExitCode}; {@link org.evenhand.terminal.Usage} tells
 * wrong usage from bad input; {@link org.evenhand.terminal.ProgressBar} shows rate and remaining
 * time where somebody looks; {@link org.evenhand.terminal.Arguments} and {@link
 * org.evenhand.terminal.Shell} say what was typed, so that it can be typed again; {@link
 * org.evenhand.terminal.Version} says which version runs.
 */
@NullMarked
package org.evenhand.terminal;

import org.jspecify.annotations.NullMarked;

/**
 * The {@code evenhand} command: options and texts, and nothing that computes.
 *
 * <p>What lives where:
 *
 * <ul>
 *   <li>commands: {@link Evenhand} and one class per subcommand, such as {@link AuditCommand};
 *   <li>options that commands share, each with the request that it makes: {@link DataOptions},
 *       {@link ModelOptions}, {@link ImageOptions}, {@link FlipOptions}, {@link JudgementOptions},
 *       {@link RepairOptions}, {@link RunOptions};
 *   <li>texts: {@link AuditText}, {@link RepairText}, {@link ExplainText}, {@link TerminalNotes}.
 * </ul>
 */
@NullMarked
package org.evenhand.cli;

import org.jspecify.annotations.NullMarked;

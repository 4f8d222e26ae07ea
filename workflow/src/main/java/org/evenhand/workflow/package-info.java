/**
 * Whole runs from plain requests: which rows, which model, what to do with them.
 *
 * <ul>
 *   <li>What is asked for: {@link org.evenhand.workflow.RowsRequest} with {@link
 *       org.evenhand.workflow.Roles} and {@link org.evenhand.workflow.SplitChoice}, {@link
 *       org.evenhand.workflow.ModelSource}, {@link org.evenhand.workflow.ImagesRequest}, {@link
 *       org.evenhand.workflow.FlipRequest}, {@link org.evenhand.workflow.WhiteBoxRequest}.
 *   <li>Runs: {@link AuditRun}, {@link RepairRun} and {@link ExplainRun}, from {@link
 *       AuditRequest}, {@link RepairRequest} and {@link ExplainRequest}.
 *   <li>Rows and answers: {@link org.evenhand.workflow.RowReader} gives {@link
 *       org.evenhand.workflow.AnsweredRows}, {@link org.evenhand.workflow.Division} parts them.
 *   <li>Files: {@link org.evenhand.workflow.OutputFiles} checks where they go before any work,
 *       {@link org.evenhand.workflow.StagedFiles} puts them there all together.
 *   <li>What is said meanwhile goes to {@link org.evenhand.workflow.Notes}.
 * </ul>
 */
@NullMarked
package org.evenhand.workflow;

import org.jspecify.annotations.NullMarked;

package org.evenhand.experiments;

import java.util.List;
import java.util.Map;

/**
 * What one deployed model of an image task gave in every study of its patch, as it is kept in a
 * file.
 *
 * @param task of {@link ImageTask}
 * @param kind of deployed model
 * @param seed of the division and of every draw
 * @param studies by title; of each, figures on the test rows by what was varied, one for each draw
 *     that determined a rule
 */
record StudyPart(
    String task, String kind, long seed, Map<String, Map<String, List<ErasureFigures>>> studies)
    implements ReportedPart {}

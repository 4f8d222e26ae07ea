package org.evenhand.experiments;

import java.util.List;

/**
 * What one method gave for one deployed model of an image task, as it is kept in a file.
 *
 * @param task of {@link ImageTask}
 * @param kind of deployed model
 * @param seed of the division and of every draw
 * @param method as Table IV calls it
 * @param figures on the test rows; none if the method cannot be used
 * @param note why it cannot be used, or why it advises against itself; may be empty
 * @param seconds that finding the repair took, by the clock
 */
record LaboratoryPart(
    String task,
    String kind,
    long seed,
    String method,
    List<ErasureFigures> figures,
    String note,
    double seconds)
    implements ReportedPart {}

/**
 * Fast Model Debias: finds which training rows put counterfactual bias into a model's head, and
 * unlearns the bias by editing the head's weights. Influence on bias, update rules, and the choice
 * of their settings on held-out pairs.
 */
@NullMarked
package org.evenhand.unlearning;

import org.jspecify.annotations.NullMarked;

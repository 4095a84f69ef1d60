/**
 * Comparisons: servers under the same load in turn, for several rounds, so that what else the machine does hits all alike;
 * their cost from outside, as ratios with their spread.
 */
@NullMarked
package live.sluice.bench.compare;

import org.jspecify.annotations.NullMarked;

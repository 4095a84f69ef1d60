/**
 * A model of many regions: nodes, streams and viewers as numbers, placed and announced by the classes that a node itself
 * uses for that. It answers what no test on one machine can: what a cluster of thousands of nodes carries.
 */
@NullMarked
package live.sluice.bench.model;

import org.jspecify.annotations.NullMarked;

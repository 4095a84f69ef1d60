/**
 * What a node counts, and how Prometheus is told. Traffic is summed up from the sessions' own counters, so that nothing
 * is added to the path of media.
 */
@NullMarked
package live.sluice.node.metrics;

import org.jspecify.annotations.NullMarked;

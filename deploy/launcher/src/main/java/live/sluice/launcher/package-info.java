/**
 * What {@code ./sluice} does on one machine: starts a cluster of node processes with NGINX in front, and tells about
 * it. The nodes are reached by their HTTP API alone, as any other program would.
 */
@NullMarked
package live.sluice.launcher;

import org.jspecify.annotations.NullMarked;

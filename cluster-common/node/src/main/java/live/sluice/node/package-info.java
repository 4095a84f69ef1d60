/**
 * The running process: one node, put together from the parts, with its life from start to stop. What is particular to
 * an origin or an edge is decided by the node's role.
 */
@NullMarked
package live.sluice.node;

import org.jspecify.annotations.NullMarked;

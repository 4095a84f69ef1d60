/** What the cluster looks like: nodes and the hops between them, the tree of a stream, the way of a session. */
@NullMarked
package live.sluice.node.topology;

import org.jspecify.annotations.NullMarked;

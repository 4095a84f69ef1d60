/**
 * What a node is and where it is in its life, as its API, metrics and servers need to know it. Nothing here does
 * anything.
 */
@NullMarked
package live.sluice.node.state;

import org.jspecify.annotations.NullMarked;

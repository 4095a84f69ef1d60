/**
 * The HTTP API of a node: JSON as users of SRS know it, metrics and health. It runs on Vert.x, on the event loops that
 * media has too, so nothing in it may block.
 */
@NullMarked
package live.sluice.node.api;

import org.jspecify.annotations.NullMarked;

/** Pulling from other nodes, and serving them, by links. */
@NullMarked
package live.sluice.pull.link;

import org.jspecify.annotations.NullMarked;

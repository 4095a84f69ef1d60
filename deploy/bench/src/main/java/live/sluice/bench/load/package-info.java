/**
 * Clients by the thousand on a few event loops: publishers and players. All that belongs to a client is touched on its
 * loop alone.
 */
@NullMarked
package live.sluice.bench.load;

import org.jspecify.annotations.NullMarked;

/** What viewers of other regions see: packets in time, by round trip, loss and hops. */
@NullMarked
package live.sluice.bench.cascade;

import org.jspecify.annotations.NullMarked;

/**
 * The load generator behind {@code ./sluice bench}: publishers and players by the thousand in one process, against any
 * server, and what they measure. Here are its commands alone.
 */
@NullMarked
package live.sluice.bench;

import org.jspecify.annotations.NullMarked;

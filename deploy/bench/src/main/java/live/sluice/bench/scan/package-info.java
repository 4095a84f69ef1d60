/**
 * Scanners: they check the framing of what a player is sent, look at the first bytes of each frame, and pass over the
 * rest without a copy. A scanner takes its input in whatever pieces it comes, and belongs to one connection.
 */
@NullMarked
package live.sluice.bench.scan;

import org.jspecify.annotations.NullMarked;

/** The origin: takes publishers, packages their streams, serves players and other nodes. */
@NullMarked
package live.sluice.origin;

import org.jspecify.annotations.NullMarked;

/** kwik as it carries media: a socket that sends and receives many packets by one call, and the queue of datagrams. */
@NullMarked
package live.sluice.kwik;

import org.jspecify.annotations.NullMarked;

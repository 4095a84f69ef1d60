/**
 * What stands in a link's datagrams: the header before a packet, requests for what is missing, and feedback. Readers
 * take whatever comes: they tell that it is malformed, and never read outside a datagram.
 */
@NullMarked
package live.sluice.hop.media.wire;

import org.jspecify.annotations.NullMarked;

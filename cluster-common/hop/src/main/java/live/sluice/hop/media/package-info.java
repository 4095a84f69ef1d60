/**
 * Packets of streams as datagrams of a link: what the sending and the receiving side share. {@link
 * live.sluice.hop.media.send} schedules, repairs and estimates; {@link live.sluice.hop.media.receive} puts together,
 * asks again and reports; {@link live.sluice.hop.media.wire} is what stands in the datagrams. Pure logic: no threads,
 * no timers, no sockets; all of one link's is confined to that link's event loop.
 */
@NullMarked
package live.sluice.hop.media;

import org.jspecify.annotations.NullMarked;

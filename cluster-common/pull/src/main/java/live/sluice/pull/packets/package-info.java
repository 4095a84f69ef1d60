/**
 * Packets of RTP between nodes over one TCP connection: what its two ends write and read. {@link
 * live.sluice.pull.packets.PacketHop} is the protocol.
 */
@NullMarked
package live.sluice.pull.packets;

import org.jspecify.annotations.NullMarked;

/**
 * What stands on the wire in an RTP packet: its header, header extensions, RTX, and how the packets of one port are
 * told apart. Everything here reads and writes Netty's buffers in place; nothing keeps or releases one.
 */
@NullMarked
package live.sluice.rtp.wire;

import org.jspecify.annotations.NullMarked;

/** RTP streams of a node: tracks, packets, and their readers. What a packet says is read by {@code live.sluice.rtp.wire}. */
@NullMarked
package live.sluice.rtp;

import org.jspecify.annotations.NullMarked;

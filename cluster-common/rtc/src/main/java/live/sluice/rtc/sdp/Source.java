package live.sluice.rtc.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A source of packets, as {@code a=ssrc} names it.
 *
 * @param ssrc of its packets
 * @param rtxSsrc of its packets that are sent again; null where none is named
 */
public record Source(int ssrc, @Nullable Integer rtxSsrc) {}

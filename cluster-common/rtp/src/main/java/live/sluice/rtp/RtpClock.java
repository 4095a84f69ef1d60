package live.sluice.rtp;

/**
 * What a sender report says: that two times are one, RFC 3550, section 6.4.1.
 *
 * @param ntp wall clock of the sender as 64 bits of NTP
 * @param rtp the same moment in ticks of the track
 * @param nanos when that was learned, by the monotonic clock of this node, in ns
 */
public record RtpClock(long ntp, int rtp, long nanos) {}

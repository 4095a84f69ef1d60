package live.sluice.rtp.rtcp;

/**
 * What a sender tells of itself; RFC 3550, section 6.4.1.
 *
 * @param ssrc the sender
 * @param ntp when it was sent, by the sender's wall clock: see {@link Ntp}
 * @param rtpTimestamp the same time in ticks of the stream's timestamps
 * @param packets sent so far, modulo 2^32
 * @param octets of payload sent so far, modulo 2^32
 */
public record SenderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {}

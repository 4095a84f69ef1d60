package live.sluice.rtp.rtcp;

/**
 * What a receiver tells of one sender; RFC 3550, section 6.4.1.
 *
 * @param ssrc the sender
 * @param fractionLost of the packets since the report before, in units of 1/256, 0 to 255
 * @param cumulativeLost packets lost so far, of 24 bits; below 0 where duplicates came
 * @param highestSequence greatest sequence number so far, with the count of wraps above 16 bits; modulo 2^32
 * @param jitter of arrival in ticks of the stream's timestamps
 * @param lastSr middle 32 bits of the NTP timestamp of the last sender report; 0 if none came
 * @param delaySinceLastSr in units of 1/65536 s, 32 bits without sign; 0 if none came
 */
public record ReportBlock(
    int ssrc,
    int fractionLost,
    int cumulativeLost,
    long highestSequence,
    long jitter,
    int lastSr,
    int delaySinceLastSr) {}

package live.sluice.rtc;

/**
 * How one track's packets are marked for one player, as its offer and our answer say.
 *
 * @param ssrc of the packets
 * @param payloadType of the packets
 * @param rtxSsrc of packets that are sent again; used with {@code rtxPayloadType} only
 * @param rtxPayloadType of packets that are sent again; -1 where they go out as they were
 * @param transportCcId number of the header extension with the transport's own sequence number; 0 for none
 */
record EgressWire(int ssrc, int payloadType, int rtxSsrc, int rtxPayloadType, int transportCcId) {}

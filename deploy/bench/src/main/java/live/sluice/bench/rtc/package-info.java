/**
 * The client's side of WebRTC, without a decoder: the transport (ICE, DTLS, SRTP), what a player makes of packets, and how
 * a publisher sends them. Everything belongs to one event loop; it knows no HTTP.
 */
@NullMarked
package live.sluice.bench.rtc;

import org.jspecify.annotations.NullMarked;

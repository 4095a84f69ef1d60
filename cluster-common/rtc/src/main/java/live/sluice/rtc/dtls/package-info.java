/**
 * DTLS 1.2 of one peer, RFC 6347, and what it is for: keys of SRTP, RFC 5764. By Bouncy Castle, whose calls block, on a
 * virtual thread for each peer; what stands around it never blocks.
 */
@NullMarked
package live.sluice.rtc.dtls;

import org.jspecify.annotations.NullMarked;

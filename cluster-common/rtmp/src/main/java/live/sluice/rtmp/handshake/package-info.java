/**
 * The exchange that opens an RTMP connection: 1 + 1536 + 1536 bytes each way. The simple form is that of the RTMP
 * specification, section 5.2; the complex one with digests is what Flash Player and its servers spoke.
 */
@NullMarked
package live.sluice.rtmp.handshake;

import org.jspecify.annotations.NullMarked;

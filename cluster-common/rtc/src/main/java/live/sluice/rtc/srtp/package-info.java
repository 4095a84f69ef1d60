/** SRTP and SRTCP, RFC 3711 and RFC 7714. A context belongs to one thread and one direction. */
@NullMarked
package live.sluice.rtc.srtp;

import org.jspecify.annotations.NullMarked;

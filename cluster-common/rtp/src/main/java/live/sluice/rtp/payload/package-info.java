/**
 * What is inside RTP packets: access units cut into packets, packets put together to access units, and where keyframes
 * begin. No sockets, no timers, and nothing here may be used by two threads at a time.
 */
@NullMarked
package live.sluice.rtp.payload;

import org.jspecify.annotations.NullMarked;

/**
 * What a receiver of RTP keeps of each stream and tells its sender: statistics, packets to send again, arrival times
 * and estimates. There is no I/O and no timer here: the caller says what time it is and sends what is written.
 */
@NullMarked
package live.sluice.rtp.receive;

import org.jspecify.annotations.NullMarked;

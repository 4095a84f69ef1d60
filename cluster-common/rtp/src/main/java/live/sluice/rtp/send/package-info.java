/**
 * How fast a player can be sent to: bandwidth estimated from its feedback, and how bursts are spread over time. No
 * sockets, no timers, and nothing here may be used by two threads at a time.
 */
@NullMarked
package live.sluice.rtp.send;

import org.jspecify.annotations.NullMarked;

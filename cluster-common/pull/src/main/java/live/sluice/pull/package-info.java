/**
 * What a node reads from elsewhere: streams from their owner in the form they were published in (frames as HTTP-FLV,
 * packets as RTP), HLS objects, and streams of foreign servers; and passing a publish on to an origin.
 */
@NullMarked
package live.sluice.pull;

import org.jspecify.annotations.NullMarked;

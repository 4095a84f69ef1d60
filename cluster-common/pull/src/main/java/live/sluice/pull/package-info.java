/**
 * What a node reads from elsewhere: streams as HTTP-FLV from their owner, HLS objects, and streams of foreign servers;
 * and passing a publish on to an origin.
 */
@NullMarked
package live.sluice.pull;

import org.jspecify.annotations.NullMarked;

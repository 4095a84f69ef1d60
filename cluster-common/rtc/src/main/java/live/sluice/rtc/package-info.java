/** WebRTC on a node: peers that publish and play, and the sockets that they share. */
@NullMarked
package live.sluice.rtc;

import org.jspecify.annotations.NullMarked;

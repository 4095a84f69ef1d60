/**
 * Pictures that no WebRTC player could show, decoded and encoded anew: H.264 and HEVC with B-frames that others refer
 * to become constrained baseline H.264. At 30 pictures a second that takes a tenth of a core for 360
 * lines and more than half of one for 1080, and is done only where it is asked for.
 */
@NullMarked
package live.sluice.bridge.video;

import org.jspecify.annotations.NullMarked;

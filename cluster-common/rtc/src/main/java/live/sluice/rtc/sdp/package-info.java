/**
 * SDP as WebRTC uses it (RFC 8866, RFC 8829): descriptions are read into a model, and answered for one peer that only
 * publishes or only plays. Nothing here has threads or state; what is refused is a {@link
 * live.sluice.media.SluiceException} with SDP_INVALID, SDP_UNSUPPORTED or NO_COMMON_CODEC, that names the line or the
 * section.
 */
@NullMarked
package live.sluice.rtc.sdp;

import org.jspecify.annotations.NullMarked;

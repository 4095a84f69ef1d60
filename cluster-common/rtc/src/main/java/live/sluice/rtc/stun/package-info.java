/**
 * STUN, RFC 8489, as far as ICE needs it: binding requests, their answers, and indications. Messages are read in place
 * and bounded; whatever is malformed is no message.
 */
@NullMarked
package live.sluice.rtc.stun;

import org.jspecify.annotations.NullMarked;

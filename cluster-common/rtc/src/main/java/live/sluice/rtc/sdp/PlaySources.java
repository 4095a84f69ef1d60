package live.sluice.rtc.sdp;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * How this side's sources are called in one session.
 *
 * @param cname one name for all that are played in step; RFC 3550, section 6.5.1
 * @param streamId the stream that the tracks belong to in the player's eyes
 * @param ssrcs where SSRCs come from, at random
 */
public record PlaySources(String cname, String streamId, IntSupplier ssrcs) {

  /** An SSRC that is not among the given ones, and is among them afterwards. */
  int next(Set<Integer> used) {
    // 0 is left out: some take it for none.
    for (int i = 0; i < 1000; i++) {
      int ssrc = ssrcs.getAsInt();
      if (ssrc != 0 && used.add(ssrc)) {
        return ssrc;
      }
    }
    throw new IllegalStateException("SSRCs are not random");
  }

  /** For the SSRCs of a session. */
  static Set<Integer> none() {
    return new HashSet<>();
  }
}

package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * RTCP feedback that both sides of a track know; RFC 4585, section 4.2, and RFC 5104.
 *
 * @param nack packets can be asked for again
 * @param pli a keyframe can be asked for because pictures were lost
 * @param fir a keyframe can be asked for because somebody came
 * @param remb the receiver tells what bandwidth it estimates
 * @param transportCc the receiver tells when each packet came
 */
public record Feedback(boolean nack, boolean pli, boolean fir, boolean remb, boolean transportCc) {
  /** None at all. */
  public static final Feedback NONE = new Feedback(false, false, false, false, false);

  private static final String NACK = "nack";
  private static final String PLI = "nack pli";
  private static final String FIR = "ccm fir";
  private static final String REMB = "goog-remb";
  private static final String TRANSPORT_CC = "transport-cc";

  static Feedback of(Collection<String> kinds) {
    return new Feedback(
        kinds.contains(NACK),
        kinds.contains(PLI),
        kinds.contains(FIR),
        kinds.contains(REMB),
        kinds.contains(TRANSPORT_CC));
  }

  /** As the values of attributes. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    add(kinds, nack, NACK);
    add(kinds, pli, PLI);
    add(kinds, fir, FIR);
    add(kinds, remb, REMB);
    add(kinds, transportCc, TRANSPORT_CC);
    return kinds;
  }

  private static void add(List<String> kinds, boolean known, String kind) {
    if (known) {
      kinds.add(kind);
    }
  }

  /** Without REMB. */
  Feedback withoutRemb() {
    return new Feedback(nack, pli, fir, false, transportCc);
  }

  /** Without transport-wide feedback. */
  Feedback withoutTransportCc() {
    return new Feedback(nack, pli, fir, remb, false);
  }
}

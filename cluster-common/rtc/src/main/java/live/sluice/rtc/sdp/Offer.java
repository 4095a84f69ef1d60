package live.sluice.rtc.sdp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An offer that can be answered over one transport: bundled, RTP and RTCP on one port, and without contradictions.
 *
 * @param description all of it
 * @param transport the peer's side of the transport
 * @param bundle the mids that share it
 */
record Offer(SessionDescription description, PeerTransport transport, Set<String> bundle) {

  /** Checks what is common to publishing and playing. */
  static Offer of(SessionDescription description) {
    List<MediaSection> live = description.sections().stream().filter(section -> !section.rejected()).toList();
    if (live.isEmpty()) {
      throw Refusal.invalid("no section of media is offered");
    }
    Set<String> bundle = bundle(description);
    PeerTransport transport = PeerTransport.of(description, live.getFirst());
    for (MediaSection section : live) {
      if (live.size() > 1 && !bundle.contains(section.mid())) {
        throw Refusal.unsupported(
            section, "is not bundled with the others (a=group:BUNDLE): one transport serves all");
      }
      transport.requireSame(section);
    }
    requireSameExtensions(live);
    return new Offer(description, transport, bundle);
  }

  /** Refuses a section of RTP whose RTCP would need a port of its own. */
  static void requireMux(MediaSection section) {
    if (!section.has("rtcp-mux")) {
      throw Refusal.unsupported(section, "has no a=rtcp-mux: RTP and RTCP share one port here");
    }
  }

  private static Set<String> bundle(SessionDescription description) {
    for (SdpAttribute attribute : description.attributes()) {
      if (attribute.name().equals("group") && attribute.value().startsWith("BUNDLE")) {
        // It may name a section that is not there: ffmpeg always names two.
        Set<String> mids = new HashSet<>(Arrays.asList(attribute.value().substring("BUNDLE".length()).split(" +")));
        mids.remove("");
        return Set.copyOf(mids);
      }
    }
    return Set.of();
  }

  /** RFC 9143, section 10.1.1: in one bundle, a number is one extension. */
  private static void requireSameExtensions(List<MediaSection> sections) {
    Map<String, String> uris = new HashMap<>();
    for (MediaSection section : sections) {
      for (SdpAttribute attribute : section.all("extmap")) {
        String[] words = attribute.value().split(" +", 3);
        if (words.length < 2) {
          throw Refusal.invalid(attribute.line(), "no extmap: " + Refusal.quote(attribute.value()));
        }
        String number = words[0].split("/", 2)[0];
        String other = uris.putIfAbsent(number, words[1]);
        if (other != null && !other.equals(words[1])) {
          throw Refusal.invalid(attribute.line(), "extension " + Refusal.quote(number) + " is another one elsewhere");
        }
      }
    }
  }
}

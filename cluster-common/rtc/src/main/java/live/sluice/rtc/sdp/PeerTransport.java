package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer tells about its transport, one for all sections.
 *
 * @param ufrag its ICE user fragment
 * @param password its ICE password
 * @param fingerprint of its certificate
 * @param setup who begins the DTLS handshake, as the peer says
 * @param candidates each as an attribute's text, {@code candidate:…}; often none, since they follow
 * @param lite whether it only answers checks, RFC 8445, section 2.5
 */
public record PeerTransport(
    String ufrag,
    String password,
    Fingerprint fingerprint,
    Setup setup,
    List<String> candidates,
    boolean lite) {

  /** Reads what the section says, or the session for it. */
  static PeerTransport of(SessionDescription description, MediaSection section) {
    String ufrag = require(description, section, "ice-ufrag").value();
    SdpAttribute password = require(description, section, "ice-pwd");
    if (!Tokens.isIceWord(ufrag, 4, 256)) {
      throw Refusal.invalid(require(description, section, "ice-ufrag").line(), "no ICE user fragment");
    }
    if (!Tokens.isIceWord(password.value(), 22, 256)) {
      throw Refusal.invalid(password.line(), "no ICE password");
    }
    SdpAttribute setup = description.find(section, "setup");
    List<String> candidates = new ArrayList<>();
    for (SdpAttribute candidate : section.all("candidate")) {
      candidates.add("candidate:" + candidate.value());
    }
    return new PeerTransport(
        ufrag,
        password.value(),
        fingerprint(description, section),
        setup == null ? Setup.ACTPASS : Setup.of(setup),
        List.copyOf(candidates),
        description.find("ice-lite") != null);
  }

  private static Fingerprint fingerprint(SessionDescription description, MediaSection section) {
    List<SdpAttribute> attributes = section.all("fingerprint");
    if (attributes.isEmpty()) {
      attributes = List.of(require(description, section, "fingerprint"));
    }
    Fingerprint best = null;
    for (SdpAttribute attribute : attributes) {
      Fingerprint fingerprint = Fingerprint.of(attribute);
      // Of their names the later one has more bits.
      if (fingerprint != null && (best == null || fingerprint.algorithm().compareTo(best.algorithm()) > 0)) {
        best = fingerprint;
      }
    }
    if (best == null) {
      throw Refusal.unsupported(section, "has no fingerprint by sha-256, sha-384 or sha-512");
    }
    return best;
  }

  private static SdpAttribute require(SessionDescription description, MediaSection section, String name) {
    SdpAttribute attribute = description.find(section, name);
    if (attribute == null) {
      throw Refusal.invalid(section.line(), section.title() + " has no " + name);
    }
    return attribute;
  }

  /** Refuses a section that tells of another transport: there is one for all. */
  void requireSame(MediaSection section) {
    requireSame(section.find("ice-ufrag"), ufrag);
    requireSame(section.find("ice-pwd"), password);
  }

  private static void requireSame(@Nullable SdpAttribute attribute, String value) {
    if (attribute != null && !attribute.value().equals(value)) {
      throw Refusal.invalid(attribute.line(), "another " + attribute.name() + " than the first section of its bundle");
    }
  }
}

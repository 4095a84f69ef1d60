package live.sluice.rtc.sdp;

import java.util.List;

/** Writes an answer; RFC 8829, section 5.3. This side is ICE-lite, and all its candidates stand in the answer. */
final class AnswerWriter {
  private static final String EOL = "\r\n";

  private final StringBuilder text = new StringBuilder(2048);

  private AnswerWriter() {}

  /** The answer to an offer, a section for each of its own. */
  static String write(Offer offer, LocalTransport local, List<AnsweredSection> sections) {
    AnswerWriter writer = new AnswerWriter();
    writer.session(offer, local, sections);
    boolean first = true;
    for (AnsweredSection section : sections) {
      writer.section(offer, local, section, first);
      first &= section.direction() == null;
    }
    return writer.text.toString();
  }

  private void session(Offer offer, LocalTransport local, List<AnsweredSection> sections) {
    line("v=0").line("o=- " + local.sessionId() + " 1 IN IP4 127.0.0.1").line("s=-").line("t=0 0");
    line("a=ice-lite");
    StringBuilder mids = new StringBuilder();
    for (AnsweredSection section : sections) {
      if (section.direction() != null && offer.bundle().contains(section.offered().mid())) {
        mids.append(' ').append(section.offered().mid());
      }
    }
    if (!mids.isEmpty()) {
      line("a=group:BUNDLE" + mids);
    }
    if (offer.description().find("extmap-allow-mixed") != null) {
      line("a=extmap-allow-mixed");
    }
    line("a=msid-semantic: WMS *");
  }

  private void section(Offer offer, LocalTransport local, AnsweredSection section, boolean first) {
    MediaSection offered = section.offered();
    Direction direction = section.direction();
    if (direction == null) {
      line("m=" + offered.media() + " 0 " + offered.protocol() + ' ' + offered.formats().getFirst());
      line("c=IN IP4 0.0.0.0");
      if (!offered.mid().isEmpty()) {
        line("a=mid:" + offered.mid());
      }
      line("a=inactive");
      return;
    }
    text.append("m=").append(offered.media()).append(" 9 ").append(offered.protocol());
    for (int format : section.formats()) {
      text.append(' ').append(format);
    }
    line("").line("c=IN IP4 0.0.0.0");
    if (first) {
      // They are the bundle's, whose transport is that of its first section; RFC 9143, section 7.3.1.
      for (String candidate : local.candidates()) {
        line("a=" + candidate);
      }
      line("a=end-of-candidates");
    }
    line("a=ice-ufrag:" + local.ufrag()).line("a=ice-pwd:" + local.password());
    line("a=fingerprint:" + local.fingerprint().text());
    line("a=setup:" + offer.transport().setup().answer().value());
    if (!offered.mid().isEmpty()) {
      line("a=mid:" + offered.mid());
    }
    line("a=" + direction.attribute()).line("a=rtcp-mux");
    if (offered.has("rtcp-rsize")) {
      line("a=rtcp-rsize");
    }
    for (String attribute : section.lines()) {
      line("a=" + attribute);
    }
  }

  private AnswerWriter line(String line) {
    text.append(line).append(EOL);
    return this;
  }
}

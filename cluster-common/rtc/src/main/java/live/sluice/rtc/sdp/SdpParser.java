package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a description line by line; RFC 8866, section 5. Only what WebRTC uses is looked at: the version, the origin's
 * name, media and attributes. It is bounded: characters, lines, sections, and what stands in one of them.
 */
final class SdpParser {
  private static final int MAX_SECTIONS = 32;
  private static final int MAX_ATTRIBUTES = 1024;
  private static final int MAX_FORMATS = 128;
  private static final int MAX_LINE = 4096;
  private static final int MAX_MID = 32;
  private static final String LINE_TYPES = "vosiuepcbtrzkam";

  private final List<SdpAttribute> session = new ArrayList<>();
  private final List<MediaSection> sections = new ArrayList<>();
  private final Set<String> mids = new HashSet<>();
  private String originUser = "";
  private boolean versionSeen;

  // The section that is being read.
  private int mediaLine;
  private String[] media = new String[0];
  private List<SdpAttribute> attributes = session;

  /** Reads a part of a description, which begins anywhere. */
  SessionDescription parseFragment(String text) {
    versionSeen = true;
    return parse(text);
  }

  SessionDescription parse(String text) {
    if (text.length() > SessionDescription.MAX_LENGTH) {
      throw Refusal.invalid(text.length() + " characters, " + SessionDescription.MAX_LENGTH + " are taken");
    }
    int number = 0;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      int cut = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
      number++;
      if (cut > at) {
        line(number, text.substring(at, cut));
      }
      at = end + 1;
    }
    if (!versionSeen) {
      throw Refusal.invalid("it is empty");
    }
    endSection();
    return new SessionDescription(originUser, List.copyOf(session), List.copyOf(sections));
  }

  private void line(int number, String line) {
    if (line.length() > MAX_LINE) {
      throw Refusal.invalid(number, line.length() + " characters, " + MAX_LINE + " are taken");
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      // What is quoted in an answer must not become a line of its own.
      if ((c < ' ' && c != '\t') || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
        throw Refusal.invalid(number, "a control character at " + (i + 1));
      }
    }
    if (line.length() < 2 || line.charAt(1) != '=' || LINE_TYPES.indexOf(line.charAt(0)) < 0) {
      throw Refusal.invalid(number, "no line of SDP: " + Refusal.quote(line));
    }
    String value = line.substring(2);
    if (!versionSeen) {
      if (!line.equals("v=0")) {
        throw Refusal.invalid(number, "it does not begin with v=0: " + Refusal.quote(line));
      }
      versionSeen = true;
      return;
    }
    switch (line.charAt(0)) {
      case 'o' -> {
        int space = value.indexOf(' ');
        originUser = space < 0 ? value : value.substring(0, space);
      }
      case 'm' -> beginSection(number, value);
      case 'a' -> attribute(number, value);
      default -> {
        // Names, times and bandwidths are not needed, and addresses come by ICE.
      }
    }
  }

  private void attribute(int number, String value) {
    if (attributes.size() == MAX_ATTRIBUTES) {
      throw Refusal.invalid(number, "more than " + MAX_ATTRIBUTES + " attributes in a section");
    }
    int colon = value.indexOf(':');
    String name = colon < 0 ? value : value.substring(0, colon);
    if (name.isEmpty()) {
      throw Refusal.invalid(number, "an attribute without a name");
    }
    attributes.add(new SdpAttribute(number, name, colon < 0 ? "" : value.substring(colon + 1).strip()));
  }

  private void beginSection(int number, String value) {
    endSection();
    if (sections.size() == MAX_SECTIONS) {
      throw Refusal.invalid(number, "more than " + MAX_SECTIONS + " media sections");
    }
    media = value.strip().split(" +", MAX_FORMATS + 4);
    mediaLine = number;
    if (media.length < 4) {
      throw Refusal.invalid(number, "a media line of " + media.length + " words: " + Refusal.quote(value));
    }
    if (media.length == MAX_FORMATS + 4) {
      throw Refusal.invalid(number, "more than " + MAX_FORMATS + " formats");
    }
    attributes = new ArrayList<>();
  }

  private void endSection() {
    if (mediaLine == 0) {
      return;
    }
    String port = media[1];
    int slash = port.indexOf('/');
    int portNumber =
        Numbers.require(slash < 0 ? port : port.substring(0, slash), 65_535, mediaLine, "port");
    List<String> formats = List.of(media).subList(3, media.length);
    sections.add(
        new MediaSection(
            sections.size(),
            mediaLine,
            media[0],
            portNumber,
            media[2],
            formats,
            mid(),
            direction(),
            List.copyOf(attributes)));
  }

  private String mid() {
    SdpAttribute mid = only("mid");
    if (mid == null) {
      return "";
    }
    if (!Tokens.isToken(mid.value()) || mid.value().length() > MAX_MID) {
      throw Refusal.invalid(mid.line(), "no mid: " + Refusal.quote(mid.value()));
    }
    if (!mids.add(mid.value())) {
      throw Refusal.invalid(mid.line(), "a second section of mid " + mid.value());
    }
    return mid.value();
  }

  private Direction direction() {
    Direction found = null;
    for (SdpAttribute attribute : attributes) {
      Direction direction = Direction.of(attribute.name());
      if (direction != null) {
        if (found != null && found != direction) {
          throw Refusal.invalid(attribute.line(), "a second direction, " + attribute.name());
        }
        found = direction;
      }
    }
    for (SdpAttribute attribute : session) {
      if (found == null) {
        found = Direction.of(attribute.name());
      }
    }
    return found == null ? Direction.SENDRECV : found;
  }

  private @Nullable SdpAttribute only(String name) {
    SdpAttribute found = null;
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        if (found != null) {
          throw Refusal.invalid(attribute.line(), "a second " + name + " in one section");
        }
        found = attribute;
      }
    }
    return found;
  }
}

package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media section: an m-line and what stands below it.
 *
 * @param index its place among the sections, from 0
 * @param line of its m-line, from 1
 * @param media {@code audio}, {@code video} or {@code application}
 * @param port 0 where it is rejected or only bundled
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats of RTP: payload types, in the writer's order of preference
 * @param mid its name in its bundle; empty where it has none
 * @param direction which way its media goes
 * @param attributes all of them, in order
 */
public record MediaSection(
    int index,
    int line,
    String media,
    int port,
    String protocol,
    List<String> formats,
    String mid,
    Direction direction,
    List<SdpAttribute> attributes) {

  /** The first attribute of that name. */
  @Nullable SdpAttribute find(String name) {
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        return attribute;
      }
    }
    return null;
  }

  /** Whether it has an attribute of that name. */
  boolean has(String name) {
    return find(name) != null;
  }

  /** All attributes of that name, in order. */
  List<SdpAttribute> all(String name) {
    List<SdpAttribute> all = new ArrayList<>();
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        all.add(attribute);
      }
    }
    return all;
  }

  /** Whether the writer wants none of it: port 0, and not for being sent on another section's port. RFC 9143, 6. */
  boolean rejected() {
    return port == 0 && !has("bundle-only");
  }

  /** Whether its media is RTP over DTLS with feedback. */
  boolean overDtls() {
    return protocol.equals("UDP/TLS/RTP/SAVPF")
        || protocol.equals("TCP/DTLS/RTP/SAVPF")
        || protocol.equals("TCP/TLS/RTP/SAVPF")
        || protocol.equals("RTP/SAVPF");
  }

  /** How errors name it. */
  String title() {
    return "m-section " + index + " (" + media + (mid.isEmpty() ? "" : ", mid " + mid) + ")";
  }
}

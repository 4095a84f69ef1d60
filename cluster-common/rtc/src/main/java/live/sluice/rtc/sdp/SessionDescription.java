package live.sluice.rtc.sdp;

import java.util.List;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * A session description.
 *
 * @param originUser user name of its origin: what wrote it, with some
 * @param attributes those of the session
 * @param sections its media sections
 */
public record SessionDescription(
    String originUser, List<SdpAttribute> attributes, List<MediaSection> sections) {

  /** Characters that are read at most. */
  public static final int MAX_LENGTH = 64 * 1024;

  /**
   * Reads a description.
   *
   * @throws SluiceException SDP_INVALID, and which line it is that breaks the format
   */
  public static SessionDescription parse(String text) {
    return new SdpParser().parse(text);
  }

  /** The first attribute of that name at the session's level. */
  @Nullable SdpAttribute find(String name) {
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        return attribute;
      }
    }
    return null;
  }

  /** The section's attribute of that name, or else the session's. */
  @Nullable SdpAttribute find(MediaSection section, String name) {
    SdpAttribute attribute = section.find(name);
    return attribute != null ? attribute : find(name);
  }
}

package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * What is told after offer and answer: further candidates, or credentials of a restart; RFC 8840, section 9.
 *
 * @param ufrag ICE user fragment that it belongs to; empty where it says none
 * @param password ICE password; empty where it says none
 * @param sections of each section what is new
 */
public record SdpFragment(String ufrag, String password, List<Section> sections) {
  private static final int MAX_CANDIDATES = 256;
  private static final String EOL = "\r\n";

  /** Copies the list. */
  public SdpFragment {
    sections = List.copyOf(sections);
  }

  /**
   * What is new of a section.
   *
   * @param media {@code audio}, {@code video} or {@code application}; empty for what stands before all sections
   * @param mid the section's; empty where it says none
   * @param candidates each as an attribute's text, {@code candidate:…}
   * @param complete whether no more will follow
   */
  public record Section(String media, String mid, List<String> candidates, boolean complete) {
    /** Copies the list. */
    public Section {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * Reads a fragment. Candidates before the first section are those of a section without a name.
   *
   * @throws SluiceException SDP_INVALID, and which line it is that breaks the format
   */
  public static SdpFragment parse(String text) {
    SessionDescription description = new SdpParser().parseFragment(text);
    List<Section> sections = new ArrayList<>();
    int[] left = {MAX_CANDIDATES};
    Section loose = section("", "", description.attributes(), left);
    if (!loose.candidates().isEmpty() || loose.complete()) {
      sections.add(loose);
    }
    SdpAttribute ufragAttribute = description.find("ice-ufrag");
    SdpAttribute passwordAttribute = description.find("ice-pwd");
    for (MediaSection section : description.sections()) {
      ufragAttribute = ufragAttribute == null ? section.find("ice-ufrag") : ufragAttribute;
      passwordAttribute = passwordAttribute == null ? section.find("ice-pwd") : passwordAttribute;
      sections.add(section(section.media(), section.mid(), section.attributes(), left));
    }
    return new SdpFragment(word(ufragAttribute, 4), word(passwordAttribute, 22), sections);
  }

  private static String word(@Nullable SdpAttribute attribute, int least) {
    if (attribute == null) {
      return "";
    }
    if (!Tokens.isIceWord(attribute.value(), least, 256)) {
      throw Refusal.invalid(attribute.line(), "no " + attribute.name() + ": " + Refusal.quote(attribute.value()));
    }
    return attribute.value();
  }

  private static Section section(String media, String mid, List<SdpAttribute> attributes, int[] left) {
    List<String> candidates = new ArrayList<>();
    boolean complete = false;
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equals("candidate")) {
        if (left[0]-- == 0) {
          throw Refusal.invalid(attribute.line(), "more than " + MAX_CANDIDATES + " candidates");
        }
        candidates.add("candidate:" + attribute.value());
      }
      complete |= attribute.name().equals("end-of-candidates");
    }
    return new Section(media, mid, candidates, complete);
  }

  /** As it is sent. */
  public String write() {
    StringBuilder text = new StringBuilder();
    if (!ufrag.isEmpty()) {
      text.append("a=ice-ufrag:").append(ufrag).append(EOL);
    }
    if (!password.isEmpty()) {
      text.append("a=ice-pwd:").append(password).append(EOL);
    }
    for (Section section : sections) {
      if (!section.media().isEmpty()) {
        text.append("m=").append(section.media()).append(" 9 UDP/TLS/RTP/SAVPF 0").append(EOL);
      }
      if (!section.mid().isEmpty()) {
        text.append("a=mid:").append(section.mid()).append(EOL);
      }
      for (String candidate : section.candidates()) {
        text.append("a=").append(candidate).append(EOL);
      }
      if (section.complete()) {
        text.append("a=end-of-candidates").append(EOL);
      }
    }
    return text.toString();
  }
}

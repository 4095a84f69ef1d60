package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The payload types of a section of RTP, in its order of preference. */
final class OfferedCodecs {
  private static final int MAX_PAYLOAD_TYPE = 127;
  // Behind rtcp-mux these are RTCP's packet types; RFC 5761, section 4.
  private static final int FIRST_RTCP = 64;
  private static final int LAST_RTCP = 95;

  private final List<OfferedCodec> all;

  private OfferedCodecs(List<OfferedCodec> all) {
    this.all = all;
  }

  /** Reads them; those without a mapping that is known are left out. */
  static OfferedCodecs of(MediaSection section) {
    Map<Integer, String> mappings = new HashMap<>(Map.of(0, "PCMU/8000", 8, "PCMA/8000"));
    Map<Integer, SdpAttribute> lines = new HashMap<>();
    for (SdpAttribute attribute : section.all("rtpmap")) {
      int payloadType = payloadType(attribute);
      if (lines.put(payloadType, attribute) != null) {
        throw Refusal.invalid(attribute.line(), "a second rtpmap of payload type " + payloadType);
      }
      mappings.put(payloadType, afterSpace(attribute));
    }
    Map<Integer, String> parameters = new HashMap<>();
    for (SdpAttribute attribute : section.all("fmtp")) {
      parameters.merge(payloadType(attribute), afterSpace(attribute), (first, second) -> first + ';' + second);
    }
    List<SdpAttribute> feedback = section.all("rtcp-fb");
    List<OfferedCodec> all = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (String format : section.formats()) {
      int payloadType = Numbers.require(format, MAX_PAYLOAD_TYPE, section.line(), "payload type");
      if (!seen.add(payloadType)) {
        throw Refusal.invalid(section.line(), "payload type " + payloadType + " twice");
      }
      String mapping = mappings.get(payloadType);
      if (mapping != null && (payloadType < FIRST_RTCP || payloadType > LAST_RTCP)) {
        SdpAttribute attribute = lines.get(payloadType);
        int line = attribute == null ? section.line() : attribute.line();
        String fmtp = parameters.getOrDefault(payloadType, "");
        all.add(codec(line, payloadType, mapping, fmtp, feedbackOf(feedback, payloadType)));
      }
    }
    return new OfferedCodecs(all);
  }

  private static OfferedCodec codec(
      int line, int payloadType, String mapping, String parameters, Feedback feedback) {
    String[] parts = mapping.split("/", 4);
    if (parts.length < 2 || parts.length > 3 || !Tokens.isToken(parts[0])) {
      throw Refusal.invalid(line, "no rtpmap: " + Refusal.quote(mapping));
    }
    int clockRate = Numbers.require(parts[1], Integer.MAX_VALUE, line, "clock rate");
    int channels = parts.length == 3 ? Numbers.require(parts[2], 255, line, "number of channels") : 1;
    return new OfferedCodec(payloadType, parts[0], clockRate, channels, parameters, feedback);
  }

  private static Feedback feedbackOf(List<SdpAttribute> attributes, int payloadType) {
    Set<String> kinds = new HashSet<>();
    String own = payloadType + " ";
    for (SdpAttribute attribute : attributes) {
      String value = attribute.value();
      if (value.startsWith(own) || value.startsWith("* ")) {
        kinds.add(value.substring(value.indexOf(' ') + 1).strip());
      }
    }
    return Feedback.of(kinds);
  }

  private static int payloadType(SdpAttribute attribute) {
    String value = attribute.value();
    int space = value.indexOf(' ');
    return Numbers.require(
        space < 0 ? value : value.substring(0, space), MAX_PAYLOAD_TYPE, attribute.line(), "payload type");
  }

  private static String afterSpace(SdpAttribute attribute) {
    int space = attribute.value().indexOf(' ');
    return space < 0 ? "" : attribute.value().substring(space + 1).strip();
  }

  /** All that have a mapping. */
  List<OfferedCodec> all() {
    return all;
  }

  /** The payload type by which packets of this one are sent again; RFC 4588, section 8.6. */
  @Nullable OfferedCodec rtxOf(OfferedCodec codec) {
    String payloadType = Integer.toString(codec.payloadType());
    for (OfferedCodec candidate : all) {
      if (candidate.isRtx()
          && candidate.clockRate() == codec.clockRate()
          && candidate.format().is("apt", payloadType)) {
        return candidate;
      }
    }
    return null;
  }

  /** What is there, for a message. */
  String names() {
    List<String> names = all.stream().filter(codec -> !codec.isRtx()).map(OfferedCodec::mapping).distinct().toList();
    return names.isEmpty() ? "nothing that is known" : Refusal.quote(String.join(", ", names));
  }
}

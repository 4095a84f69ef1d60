package live.sluice.rtp.payload;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The parameters behind {@code a=fmtp}, as {@code name=value;name=value}. */
final class FormatParameters {
  private FormatParameters() {}

  /** Parameter sets: base64 behind each other with commas (RFC 6184, section 8.1; RFC 7798, section 7.1). */
  static List<byte[]> sets(String parameters, String name) {
    List<byte[]> sets = new ArrayList<>();
    for (String parameter : parameters.split(";", -1)) {
      int equals = parameter.indexOf('=');
      if (equals < 0 || !parameter.substring(0, equals).strip().equalsIgnoreCase(name)) {
        continue;
      }
      for (String set : parameter.substring(equals + 1).split(",", -1)) {
        try {
          sets.add(Base64.getDecoder().decode(set.strip()));
        } catch (IllegalArgumentException notBase64) {
          // The parameter sets in the stream are what counts.
        }
      }
    }
    return sets;
  }
}

package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which sources a section names; RFC 5576. Chromium names none where there are layers with names of their own. */
final class Sources {
  private static final int MOST = 64;

  private Sources() {}

  /** The sources of media, layers of one picture in their order; those that only repeat or repair come with them. */
  static List<Source> of(MediaSection section) {
    Set<Integer> named = new LinkedHashSet<>();
    Map<Integer, Integer> rtx = new LinkedHashMap<>();
    Set<Integer> repairing = new LinkedHashSet<>();
    for (SdpAttribute attribute : section.all("ssrc-group")) {
      group(attribute, named, rtx, repairing);
    }
    for (SdpAttribute attribute : section.all("ssrc")) {
      String value = attribute.value();
      int space = value.indexOf(' ');
      named.add(Numbers.requireSsrc(space < 0 ? value : value.substring(0, space), attribute.line()));
      if (named.size() > MOST) {
        throw Refusal.invalid(attribute.line(), "more than " + MOST + " sources in a section");
      }
    }
    named.removeAll(rtx.values());
    named.removeAll(repairing);
    List<Source> sources = new ArrayList<>();
    for (Integer ssrc : named) {
      sources.add(new Source(ssrc, rtx.get(ssrc)));
    }
    return List.copyOf(sources);
  }

  private static void group(
      SdpAttribute attribute, Set<Integer> named, Map<Integer, Integer> rtx, Set<Integer> repairing) {
    String[] words = attribute.value().split(" +", MOST + 2);
    if (words.length > MOST + 1) {
      throw Refusal.invalid(attribute.line(), "more than " + MOST + " sources in a group");
    }
    List<Integer> members = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      members.add(Numbers.requireSsrc(words[i], attribute.line()));
    }
    switch (words[0]) {
      case "FID", "FEC-FR" -> {
        if (members.size() != 2) {
          throw Refusal.invalid(attribute.line(), words[0] + " of " + members.size() + " sources");
        }
        if (words[0].equals("FID")) {
          rtx.put(members.get(0), members.get(1));
        } else {
          repairing.add(members.get(1));
        }
      }
      case "SIM" -> named.addAll(members);
      default -> {
        // Other groups say nothing about what is sent.
      }
    }
  }
}

package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import live.sluice.rtp.RtpStream;

/** The simulcast layers that a section sends, by their names; RFC 8851 and RFC 8853. */
final class Layers {
  private static final int MOST = RtpStream.MAX_LAYERS;
  private static final int LONGEST = 16;
  // Names in use, from the least to the best.
  private static final List<List<String>> LADDERS =
      List.of(
          List.of("q", "h", "f"),
          List.of("l", "m", "h"),
          List.of("s", "m", "l"),
          List.of("low", "med", "high"),
          List.of("low", "mid", "high"),
          List.of("low", "medium", "high"),
          List.of("lo", "mid", "hi"),
          List.of("small", "medium", "large"),
          List.of("quarter", "half", "full"));

  private Layers() {}

  /** Their names in the offer's order; empty if there is one without a name. */
  static List<String> of(MediaSection section) {
    Set<String> declared = new LinkedHashSet<>();
    for (SdpAttribute attribute : section.all("rid")) {
      String[] words = attribute.value().split(" +", 3);
      if (!Tokens.isRid(words[0]) || words[0].length() > LONGEST || words.length < 2) {
        throw Refusal.invalid(attribute.line(), "no rid: " + Refusal.quote(attribute.value()));
      }
      if (words[1].equals("send") && !declared.add(words[0])) {
        throw Refusal.invalid(attribute.line(), "a second rid " + words[0]);
      }
    }
    SdpAttribute simulcast = section.find("simulcast");
    List<String> layers = simulcast == null ? new ArrayList<>(declared) : sent(simulcast);
    if (!declared.containsAll(layers)) {
      throw Refusal.invalid(section.line(), "a=simulcast names a layer that no a=rid declares");
    }
    if (layers.size() > MOST) {
      throw Refusal.unsupported(section, "sends " + layers.size() + " layers, " + MOST + " are taken");
    }
    return List.copyOf(layers);
  }

  private static List<String> sent(SdpAttribute simulcast) {
    String[] words = simulcast.value().strip().split(" +", 5);
    List<String> layers = new ArrayList<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].equals("send")) {
        // An early draft, which some still write, has "rid=" before the list.
        String list = words[i + 1].startsWith("rid=") ? words[i + 1].substring(4) : words[i + 1];
        for (String alternatives : list.split(";", MOST + 2)) {
          // Of alternatives the first is taken; a tilde marks a layer that begins paused.
          String name = alternatives.split(",", 2)[0];
          layers.add(name.startsWith("~") ? name.substring(1) : name);
        }
      }
    }
    return layers;
  }

  /**
   * The same from the least to the best. The standard does not say it: the usual names do, and else browsers put the
   * least first; OBS, whose library calls itself {@code rtc}, counts down from the whole picture.
   */
  static List<String> leastFirst(List<String> layers, String originUser) {
    for (List<String> ladder : LADDERS) {
      if (ladder.containsAll(layers)) {
        List<String> ordered = new ArrayList<>(layers);
        ordered.sort(Comparator.comparingInt(ladder::indexOf));
        return List.copyOf(ordered);
      }
    }
    boolean numbers = layers.stream().allMatch(name -> Numbers.parse(name, Integer.MAX_VALUE) >= 0);
    return numbers && originUser.equals("rtc") ? layers.reversed() : layers;
  }
}

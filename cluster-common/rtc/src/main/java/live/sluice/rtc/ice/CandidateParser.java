package live.sluice.rtc.ice;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The grammar of a candidate; RFC 8839, section 5.1, and RFC 6544, section 4.5. */
final class CandidateParser {
  private static final int MAX_CHARS = 512;
  private static final int MAX_FOUNDATION = 32;
  private static final long MAX_PRIORITY = 0x7fffffffL;

  private CandidateParser() {}

  static @Nullable Candidate parse(String text) {
    if (text.length() > MAX_CHARS) {
      return null;
    }
    String line = text.startsWith("a=") ? text.substring(2) : text;
    String[] words = line.strip().split(" +", -1);
    if (words.length < 8 || !words[0].startsWith("candidate:") || !words[6].equals("typ")) {
      return null;
    }
    String foundation = words[0].substring("candidate:".length());
    boolean tcp = words[2].toLowerCase(Locale.ROOT).equals("tcp");
    boolean served = tcp ? extension(words, "tcptype").equals("passive") : words[2].equalsIgnoreCase("udp");
    long priority = number(words[3], MAX_PRIORITY);
    InetAddress address = address(words[4]);
    long port = number(words[5], 0xffff);
    if (!served
        || !words[1].equals("1")
        || foundation.isEmpty()
        || foundation.length() > MAX_FOUNDATION
        || priority < 1
        || port < 1
        || address == null) {
      return null;
    }
    return new Candidate(foundation, tcp, priority, address, (int) port);
  }

  /** An address in figures; null for anything else, names of mDNS among it: nothing is ever looked up. */
  static @Nullable InetAddress address(String text) {
    try {
      return text.indexOf('%') >= 0 ? null : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A number of at most 10 digits; -1 for anything else, or one greater than {@code max}. */
  static long number(String text, long max) {
    if (text.isEmpty() || text.length() > 10) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number > max ? -1 : number;
  }

  private static String extension(String[] words, String name) {
    for (int i = 8; i + 1 < words.length; i += 2) {
      if (words[i].equals(name)) {
        return words[i + 1];
      }
    }
    return "";
  }
}

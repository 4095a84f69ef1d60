package live.sluice.bench.rtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import live.sluice.rtc.ice.Candidate;

/** Which of a server's candidates are tried, and in which order. */
final class Addresses {
  private Addresses() {}

  /**
   * Those by UDP: first the one at the host that answered the offer, since that one can be reached, then by priority.
   *
   * @param candidates as the answer has them; what can't be read is passed over
   * @param host who answered
   */
  static List<InetSocketAddress> of(List<String> candidates, InetAddress host) {
    List<Candidate> usable = new ArrayList<>();
    for (String text : candidates) {
      Candidate candidate = Candidate.parse(text);
      if (candidate != null && !candidate.tcp()) {
        usable.add(candidate);
      }
    }
    usable.sort(
        Comparator.comparing((Candidate candidate) -> !candidate.address().equals(host))
            .thenComparing(Comparator.comparingLong(Candidate::priority).reversed()));
    return usable.stream()
        .map(candidate -> new InetSocketAddress(candidate.address(), candidate.port()))
        .distinct()
        .toList();
  }
}

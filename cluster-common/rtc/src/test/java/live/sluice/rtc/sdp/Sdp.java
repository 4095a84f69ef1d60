package live.sluice.rtc.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpTrack;

/** Descriptions for tests. */
final class Sdp {
  static final LocalTransport LOCAL =
      new LocalTransport(
          77,
          "ufrg",
          "passwordpasswordpasswor",
          new Fingerprint(
              "sha-256",
              "01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F:20"),
          List.of("candidate:1 1 udp 2130706431 192.0.2.1 8000 typ host"));

  private Sdp() {}

  /** A client's description, as it goes over the wire. */
  static String text(String name) {
    try (InputStream in = Sdp.class.getResourceAsStream(name + ".sdp")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SessionDescription offer(String name) {
    return SessionDescription.parse(text(name));
  }

  /** A description with a part replaced, which must be there. */
  static SessionDescription offer(String name, String part, String other) {
    String text = text(name);
    if (!text.contains(part)) {
      throw new IllegalArgumentException(name + " has no " + part);
    }
    return SessionDescription.parse(text.replace(part, other));
  }

  static PublishNegotiation publish(SessionDescription offer) {
    return PublishNegotiation.of(offer, PublishNegotiation.ALL_CODECS);
  }

  static PlayNegotiation play(SessionDescription offer, RtpTrack... tracks) {
    return PlayNegotiation.of(offer, List.of(tracks), sources());
  }

  static PlaySources sources() {
    int[] next = {1000};
    IntSupplier ssrcs = () -> next[0]++;
    return new PlaySources("sluice", "livestream", ssrcs);
  }

  static RtpTrack video(Codec codec, String parameters) {
    return new RtpTrack(0, codec, 90_000, 0, parameters);
  }

  static RtpTrack opus() {
    return new RtpTrack(1, Codec.OPUS, 48_000, 2, "minptime=10;useinbandfec=1");
  }

  /** The lines of an answer's section, from 0; -1 are those before the first. */
  static List<String> section(String answer, int index) {
    List<String> lines = new ArrayList<>();
    int at = -1;
    for (String line : answer.split("\r\n", -1)) {
      if (line.startsWith("m=")) {
        at++;
      }
      if (at == index && !line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }
}

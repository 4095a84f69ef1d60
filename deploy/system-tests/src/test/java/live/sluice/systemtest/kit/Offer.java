package live.sluice.systemtest.kit;

import java.util.concurrent.ThreadLocalRandom;

/**
 * An SDP offer as a browser writes it, for clients that are none: its DTLS certificate does not exist.
 *
 * @param ufrag ICE user name
 * @param password ICE password
 * @param direction {@code sendonly} or {@code recvonly}
 */
public record Offer(String ufrag, String password, String direction) {

  private static final String FINGERPRINT = "sha-256 " + "A1:".repeat(31) + "A1";

  /** Of somebody who publishes H.264 and Opus. */
  public static Offer publisher() {
    return new Offer(random(4), random(24), "sendonly");
  }

  /** Of somebody who plays H.264 and Opus. */
  public static Offer player() {
    return new Offer(random(4), random(24), "recvonly");
  }

  /** The text. */
  public String sdp() {
    boolean sends = direction.equals("sendonly");
    String head = """
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=extmap-allow-mixed
        a=msid-semantic: WMS
        """;
    String audio = """
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        %sa=mid:0
        a=%s
        %sa=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=rtcp-fb:111 transport-cc
        a=fmtp:111 minptime=10;useinbandfec=1
        """.formatted(transport(), direction, sends ? "a=msid:stream audio\n" : "");
    String video = """
        m=video 9 UDP/TLS/RTP/SAVPF 96 97
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        %sa=mid:1
        a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
        a=%s
        %sa=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:96 H264/90000
        a=rtcp-fb:96 goog-remb
        a=rtcp-fb:96 transport-cc
        a=rtcp-fb:96 ccm fir
        a=rtcp-fb:96 nack
        a=rtcp-fb:96 nack pli
        a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
        a=rtpmap:97 rtx/90000
        a=fmtp:97 apt=96
        """.formatted(transport(), direction, sends ? "a=msid:stream video\n" : "");
    return (head + audio + video).replace("\n", "\r\n");
  }

  /** A fragment with these credentials and a candidate, to be sent by PATCH (RFC 8840, section 9). */
  public String fragment() {
    return """
        a=ice-ufrag:%s
        a=ice-pwd:%s
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        a=mid:0
        a=candidate:1 1 udp 2113937151 127.0.0.1 50000 typ host
        a=end-of-candidates
        """.formatted(ufrag, password).replace("\n", "\r\n");
  }

  private String transport() {
    return "a=ice-ufrag:%s\na=ice-pwd:%s\na=ice-options:trickle\na=fingerprint:%s\na=setup:actpass\n"
        .formatted(ufrag, password, FINGERPRINT);
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/"
          .charAt(ThreadLocalRandom.current().nextInt(64)));
    }
    return text.toString();
  }
}

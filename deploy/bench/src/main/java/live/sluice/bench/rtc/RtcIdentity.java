package live.sluice.bench.rtc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.rtc.dtls.DtlsEndpoints;
import live.sluice.rtc.dtls.DtlsIdentity;
import live.sluice.rtc.dtls.DtlsSettings;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.sdp.Fingerprint;
import live.sluice.rtc.sdp.LocalTransport;

/** Who all clients of this process are: they share a certificate. Thread-safe. */
public final class RtcIdentity {
  /** Handshakes that go on at once: what is more waits, and its waiting shows in the join times. */
  private static final int MAX_HANDSHAKES = 1024;

  private static final int WARM_UP = 5;

  private final DtlsEndpoints endpoints;

  /** Makes the certificate, and shakes hands with itself some times, which would else take long of the first clients. */
  public RtcIdentity() {
    DtlsSettings usual = DtlsSettings.DEFAULT;
    endpoints =
        new DtlsEndpoints(
            DtlsIdentity.create(),
            new DtlsSettings(
                Duration.ofMillis(RtcPeer.CONNECT_MS),
                usual.resend(),
                MAX_HANDSHAKES,
                usual.maxHandshakeDatagrams(),
                usual.queuedDatagrams(),
                usual.maxDatagramBytes()));
    endpoints.warmUp(WARM_UP);
  }

  DtlsEndpoints endpoints() {
    return endpoints;
  }

  /** What a client tells of its transport. No candidates: its checks say where it is (RFC 8445, section 7.3.1.3). */
  LocalTransport transport(IceCredentials credentials) {
    return new LocalTransport(
        ThreadLocalRandom.current().nextLong(Long.MAX_VALUE),
        credentials.ufrag(),
        credentials.pwd(),
        fingerprint(endpoints.identity()),
        List.of());
  }

  /** As SDP has it. */
  static Fingerprint fingerprint(DtlsIdentity identity) {
    Fingerprint fingerprint = Fingerprint.parse(identity.fingerprint().toString());
    if (fingerprint == null) {
      throw new IllegalStateException("a fingerprint of ours that SDP has no words for");
    }
    return fingerprint;
  }
}

package live.sluice.rtc;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtc.dtls.CertificateFingerprint;
import live.sluice.rtc.dtls.DtlsEndpoint;
import live.sluice.rtc.dtls.DtlsEndpoints;
import live.sluice.rtc.dtls.DtlsIdentity;
import live.sluice.rtc.dtls.DtlsListener;
import live.sluice.rtc.dtls.DtlsRole;
import live.sluice.rtc.dtls.DtlsSettings;
import live.sluice.rtc.sdp.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS of a node, which is made when it is first wanted: loading what makes a certificate takes longer than all else of
 * a node's start. Thread-safe.
 */
final class Handshakes {
  private final RtcSettings settings;
  private @Nullable DtlsEndpoints endpoints;

  Handshakes(RtcSettings settings) {
    this.settings = settings;
  }

  /** Blocks the first time, for some 100 ms. */
  synchronized DtlsEndpoints endpoints() {
    DtlsEndpoints made = endpoints;
    if (made == null) {
      DtlsSettings usual = DtlsSettings.DEFAULT;
      made =
          new DtlsEndpoints(
              DtlsIdentity.create(),
              new DtlsSettings(
                  settings.connectTimeout(),
                  usual.resend(),
                  settings.maxHandshakes(),
                  usual.maxHandshakeDatagrams(),
                  usual.queuedDatagrams(),
                  usual.maxDatagramBytes()));
      endpoints = made;
    }
    return made;
  }

  /** What this node's certificate is known by. */
  Fingerprint fingerprint() {
    String[] parts = endpoints().identity().fingerprint().toString().split(" ", 2);
    return new Fingerprint(parts[0], parts[1]);
  }

  /**
   * A handshake that is still to begin.
   *
   * @param told of the peer's certificate, by its description
   * @throws SluiceException SDP_INVALID where that is no fingerprint
   */
  DtlsEndpoint with(Fingerprint told, DtlsRole role, DtlsListener listener) {
    CertificateFingerprint remote = CertificateFingerprint.parse(told.algorithm() + " " + told.value());
    if (remote == null) {
      throw new SluiceException(ErrorCode.SDP_INVALID, "the fingerprint of the offer can't be read");
    }
    return endpoints().endpoint(role, remote, listener);
  }
}

package live.sluice.rtc.dtls;

import java.util.Arrays;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The extension use_srtp and what comes of it; RFC 5764, sections 4.1 and 4.2. */
final class SrtpExport {
  private SrtpExport() {}

  /** What a client offers: all that we have, the best first, without a key identifier. */
  static UseSRTPData offer() {
    return data(SrtpProfile.values());
  }

  /** What a server answers. */
  static UseSRTPData answer(SrtpProfile profile) {
    return data(profile);
  }

  /** Of what the client offers the one that we like best, whatever it likes best. */
  static SrtpProfile choose(@Nullable UseSRTPData offered) throws TlsFatalAlert {
    if (offered == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer offers no SRTP");
    }
    for (SrtpProfile profile : SrtpProfile.values()) {
      if (contains(offered, profile)) {
        return profile;
      }
    }
    throw new TlsFatalAlert(
        AlertDescription.handshake_failure,
        "the peer offers none of our profiles of SRTP: " + Arrays.toString(offered.getProtectionProfiles()));
  }

  /** What the server chose of our offer. */
  static SrtpProfile chosen(@Nullable UseSRTPData answered) throws TlsFatalAlert {
    if (answered != null && answered.getProtectionProfiles().length == 1 && answered.getMki().length == 0) {
      for (SrtpProfile profile : SrtpProfile.values()) {
        if (contains(answered, profile)) {
          return profile;
        }
      }
    }
    throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the peer took none of our profiles of SRTP");
  }

  /** The keys, which the library wipes as soon as the handshake is done. */
  static SrtpKeys export(TlsContext context, SrtpProfile profile, DtlsRole role) {
    int key = profile.keyBytes();
    int salt = profile.saltBytes();
    byte[] all = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
    byte[] clientKey = Arrays.copyOfRange(all, 0, key);
    byte[] serverKey = Arrays.copyOfRange(all, key, 2 * key);
    byte[] clientSalt = Arrays.copyOfRange(all, 2 * key, 2 * key + salt);
    byte[] serverSalt = Arrays.copyOfRange(all, 2 * key + salt, all.length);
    Arrays.fill(all, (byte) 0);
    return role == DtlsRole.SERVER
        ? new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt)
        : new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt);
  }

  private static boolean contains(UseSRTPData data, SrtpProfile profile) {
    for (int one : data.getProtectionProfiles()) {
      if (one == profile.id()) {
        return true;
      }
    }
    return false;
  }

  private static UseSRTPData data(SrtpProfile... profiles) {
    int[] ids = new int[profiles.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = profiles[i].id();
    }
    return new UseSRTPData(ids, new byte[0]);
  }
}

package live.sluice.rtc.ice;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What became of a STUN datagram. The reply is the caller's: to be sent to where the datagram came from, or released.
 *
 * @param verdict whether it counted
 * @param reply what to answer; null for nothing
 * @param path from where it came, which is proved now; null unless {@link Verdict#CHECKED}
 * @param newPath whether that path was not proved before: from now on packets from it are this peer's
 * @param selected whether what is sent to the peer goes to that path from now on, and went elsewhere or nowhere before
 * @param forgotten a path that was given up for the new one; null for none
 * @param retired our credentials before a restart, where this was the first check with the new ones: the old are
 *     nobody's now; null else
 */
public record IceResult(
    Verdict verdict,
    @Nullable ByteBuf reply,
    @Nullable IcePath path,
    boolean newPath,
    boolean selected,
    @Nullable IcePath forgotten,
    @Nullable IceCredentials retired) {

  /** Whether a datagram counted, and if not, why. */
  public enum Verdict {
    /** A request with the right credentials: its sender is the peer. */
    CHECKED,
    /** A request with the right credentials from a peer that takes us for the one who chooses. */
    ROLE_CONFLICT,
    /** A request with the right credentials and with attributes that had to be understood. */
    UNKNOWN_ATTRIBUTES,
    /** A request with wrong credentials, or with none: it gets no answer, for anybody can send one from any address. */
    UNAUTHENTICATED,
    /** An indication, or an answer to what was never asked. */
    UNASKED,
    /** No binding message. */
    MALFORMED
  }

  static IceResult ignored(Verdict verdict) {
    return new IceResult(verdict, null, null, false, false, null, null);
  }

  static IceResult refused(Verdict verdict, ByteBuf reply) {
    return new IceResult(verdict, reply, null, false, false, null, null);
  }
}

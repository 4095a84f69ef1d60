package live.sluice.node.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.node.config.AuthSection;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that publishers and players show, as they are configured at the moment. Nodes that pull show something
 * else, and are not asked for these. Thread-safe.
 */
public final class Tokens {

  /** What a client wants. */
  public enum Wish {
    /** To publish. */
    PUBLISH("publish"),
    /** To play. */
    PLAY("play");

    private final String verb;

    Wish(String verb) {
      this.verb = verb;
    }
  }

  private static final String BEARER = "Bearer ";

  private final Supplier<AuthSection> settings;

  /** Of what is configured now. */
  public Tokens(Supplier<AuthSection> settings) {
    this.settings = settings;
  }

  /** Whether that needs a token at all. */
  public boolean asked(Wish wish) {
    return !list(wish).isEmpty();
  }

  /**
   * Lets pass whoever shows one of the tokens, and everybody where none is configured.
   *
   * @param shown what the client shows; null or empty for nothing
   * @throws SluiceException {@link ErrorCode#UNAUTHORIZED}
   */
  public void check(Wish wish, @Nullable String shown) {
    List<String> tokens = list(wish);
    if (tokens.isEmpty()) {
      return;
    }
    byte[] bytes = (shown == null ? "" : shown).getBytes(StandardCharsets.UTF_8);
    boolean good = false;
    for (String token : tokens) {
      // Each one to its end, so that the time taken tells nothing of them.
      good |= MessageDigest.isEqual(bytes, token.getBytes(StandardCharsets.UTF_8));
    }
    if (!good) {
      throw new SluiceException(
          ErrorCode.UNAUTHORIZED,
          "a token to " + wish.verb + " is " + (bytes.length == 0 ? "missing" : "wrong")
              + ": show it as Authorization: Bearer, or as ?token=");
    }
  }

  /**
   * The token of an Authorization header (RFC 6750, section 2.1); null where it has none.
   *
   * @param header the header's value; null where there is none
   */
  public static @Nullable String bearer(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  private List<String> list(Wish wish) {
    AuthSection now = settings.get();
    return switch (wish) {
      case PUBLISH -> now.publishTokens();
      case PLAY -> now.playTokens();
    };
  }
}

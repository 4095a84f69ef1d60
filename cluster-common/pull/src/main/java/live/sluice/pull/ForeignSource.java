package live.sluice.pull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * A foreign server that has streams whose names match a pattern.
 *
 * @param match {@code *} stands for any characters of {@code app/name}, or of {@code vhost/app/name} where the pattern
 *     has two slashes or more
 * @param url {@code rtmp://} or {@code http://}; {@code ${vhost}}, {@code ${app}} and {@code ${name}} stand for the parts
 */
public record ForeignSource(String match, String url) {

  /** The URL for {@code key}, null when the pattern does not match. */
  public @Nullable String urlFor(StreamKey key) {
    boolean withVhost = match.indexOf('/') != match.lastIndexOf('/');
    String name = withVhost ? key.path() : key.app() + '/' + key.name();
    StringBuilder regex = new StringBuilder();
    for (String literal : match.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(literal.isEmpty() ? "" : Pattern.quote(literal));
    }
    // An empty first part is a pattern that begins with a star.
    if (match.startsWith("*") && !regex.toString().startsWith(".*")) {
      regex.insert(0, ".*");
    }
    Matcher matcher = Pattern.compile(regex.toString()).matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    return url.replace("${vhost}", key.vhost()).replace("${app}", key.app()).replace("${name}", key.name());
  }
}

package live.sluice.systemtest.kit;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a browser tells of its WebRTC session at one moment, as a flat table: {@code video.} and {@code audio.} for what it
 * receives, {@code out.video.} for what it sends, {@code remote.} for what its peer reports of that, {@code pair.} and
 * {@code transport.}; the names behind the prefix are those of W3C's Identifiers for WebRTC's Statistics API.
 *
 * @param values numbers and texts by name
 */
public record RtcStats(Map<String, Object> values) {

  /** Keeps the table as it is now. */
  public RtcStats {
    values = Map.copyOf(values);
  }

  /** A number; 0 where there is none. */
  public double number(String name) {
    return values.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  /** A counter; 0 where there is none. */
  public long count(String name) {
    return (long) number(name);
  }

  /** A text; empty where there is none. */
  public String text(String name) {
    return values.get(name) instanceof String text ? text : "";
  }

  @Override
  public String toString() {
    return new TreeMap<>(values).toString();
  }
}

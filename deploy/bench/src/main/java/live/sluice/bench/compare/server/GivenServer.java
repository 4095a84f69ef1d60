package live.sluice.bench.compare.server;

import live.sluice.bench.BenchException;

/**
 * A server that runs already.
 *
 * @param name what it is called in the results
 * @param url where the stream is played, or published where publishers are the load
 * @param pid its process
 * @param publish where the stream is published
 */
public record GivenServer(String name, String url, long pid, String publish) implements Server {
  /** Reads {@code NAME=URL,PID} or {@code NAME=URL,PID,PUBLISH-URL}. */
  public static GivenServer parse(String text) {
    int equals = text.indexOf('=');
    String[] parts = text.substring(equals + 1).split(",", -1);
    if (equals <= 0 || parts.length < 2 || parts.length > 3 || !parts[1].matches("[1-9][0-9]{0,8}")) {
      throw new BenchException("--server " + text + ": write NAME=URL,PID or NAME=URL,PID,PUBLISH-URL");
    }
    String publish = parts.length == 3 ? parts[2] : publishUrlOf(parts[0]);
    return new GivenServer(text.substring(0, equals), parts[0], Long.parseLong(parts[1]), publish);
  }

  /** The same stream by WHIP where it is played by WHEP, else by RTMP, on its usual port where the address is not of RTMP. */
  private static String publishUrlOf(String play) {
    if (play.startsWith("rtmp://")) {
      return play;
    }
    if (play.startsWith("whep://") || play.contains("/whep")) {
      return play.replaceFirst("^whep://", "whip://").replaceFirst("/whep(?=[/?]|$)", "/whip");
    }
    return play.replaceFirst("^[a-z]+://([^/:]+)(?::[0-9]+)?/", "rtmp://$1/").replaceFirst("\\.(flv|m3u8)(\\?.*)?$", "");
  }

  @Override
  public String about() {
    return url;
  }

  @Override
  public long[] pids() {
    return new long[] {pid};
  }

  @Override
  public boolean wantsPublisher() {
    return true;
  }

  @Override
  public String publishUrl(Protocol load, String stream) {
    return publish;
  }

  @Override
  public String playUrl(Protocol protocol, String stream, String latency) {
    return url;
  }

  @Override
  public String lastWords() {
    return "";
  }

  @Override
  public void close() {
    // Whoever started it ends it.
  }
}

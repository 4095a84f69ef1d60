package live.sluice.bench.compare.server;

/** A server that runs, and can be loaded. Used by one thread. */
public interface Server extends AutoCloseable {
  /** What it is called in the results. */
  String name();

  /** Version and configuration, as far as they matter to who reads the figures. */
  String about();

  /** The processes whose CPU and memory are its cost; children are found. */
  long[] pids();

  /** Whether it has to be published to before it can be played. */
  boolean wantsPublisher();

  /**
   * Where a stream is published.
   *
   * @param load what the load is: a stream that is played by WebRTC is published by it too
   * @param stream its name within the app {@code live}
   */
  String publishUrl(Protocol load, String stream);

  /**
   * Where it is played.
   *
   * @param stream its name within the app {@code live}
   * @param latency realtime, balanced or throughput, for servers that can be asked for it
   * @throws live.sluice.bench.BenchException when it does not speak the protocol
   */
  String playUrl(Protocol protocol, String stream, String latency);

  /** Where its counters are told, in the text form of Prometheus; empty where they are not. */
  default String metricsUrl() {
    return "";
  }

  /** The last lines of its log, for messages; empty where there is none. */
  String lastWords();

  /** Ends it. */
  @Override
  void close();
}

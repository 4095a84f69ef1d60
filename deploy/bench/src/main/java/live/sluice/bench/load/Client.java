package live.sluice.bench.load;

/** One client. On its loop alone. */
interface Client {
  /** Connects. */
  void start();

  /** There is no connection. */
  void failed(String why);

  /** Reads nothing from its connection, or goes on. */
  void pause(boolean stop);

  /** Ends it; what comes after counts for nothing. */
  void close();
}

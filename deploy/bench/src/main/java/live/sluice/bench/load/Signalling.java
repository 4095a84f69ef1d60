package live.sluice.bench.load;

import java.net.InetSocketAddress;

/** How a client of WebRTC and a server come to terms, and part again. On its loop alone. */
interface Signalling {
  /** Told what comes of it. */
  interface Owner {
    /** The first request is being sent. */
    void onOffered();

    /**
     * They agree.
     *
     * @param sdp the server's description: its answer, or its own offer, which it has an answer to by now
     */
    void onAnswer(String sdp, InetSocketAddress server);

    /** They don't. */
    void onRefused(String why);
  }

  /**
   * Begins.
   *
   * @param sdp what this client offers; a server that makes the offers itself never sees it
   */
  void offer(String sdp);

  /**
   * Ends the session, where there is one; an answer that is still to come is waited for. More calls do nothing.
   *
   * @param done told once that is so, or can't be
   */
  void delete(Runnable done);
}

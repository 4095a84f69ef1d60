package live.sluice.rtmp;

/** What RTMP wants to know of virtual hosts. Asked anew each time, so that it may change while the node runs. */
public interface Vhosts {
  /** Whether that host name of a URL is a virtual host; else the default one is meant. */
  boolean known(String host);

  /** For how long frames are gathered for a player that does not say, in ms. */
  long windowMs(String vhost);

  /** The default host alone. */
  static Vhosts none(long windowMs) {
    return new Vhosts() {
      @Override
      public boolean known(String host) {
        return false;
      }

      @Override
      public long windowMs(String vhost) {
        return windowMs;
      }
    };
  }
}

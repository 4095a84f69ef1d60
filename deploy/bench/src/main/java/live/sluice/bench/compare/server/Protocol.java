package live.sluice.bench.compare.server;

import java.util.Locale;

/** What the load of a comparison consists of. */
public enum Protocol {
  /** Players of HTTP-FLV. */
  FLV,
  /** Players of FLV over WebSocket. */
  WS_FLV,
  /** Players of RTMP. */
  RTMP,
  /** Publishers of RTMP, and no players. */
  PUBLISH,
  /** Players of HLS. */
  HLS,
  /** Players of WebRTC, of a stream that is published by WHIP. */
  WHEP;

  /** As it is written on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

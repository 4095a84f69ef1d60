package live.sluice.bench.load;

import java.util.ArrayList;
import java.util.List;
import live.sluice.bench.BenchException;
import live.sluice.bench.measure.PlayMeters;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.rtc.RtcIdentity;
import org.jspecify.annotations.Nullable;

/** Makes players of the protocol that the URL asks for. */
final class Players {
  private final PlayOptions options;
  private final LoadLoops loops;
  private final List<HttpConnection> pool = new ArrayList<>();
  private final Presence presence = new Presence();
  private final @Nullable RtcIdentity identity;

  Players(PlayOptions options, LoadLoops loops) {
    this.options = options;
    this.loops = loops;
    this.identity = options.target().protocol().packets() ? new RtcIdentity() : null;
    if (options.pool() > 0 && options.pool() < options.threads()) {
      throw new BenchException("--pool must be at least --threads: each loop needs a connection");
    }
    if (options.target().protocol() == Target.Protocol.HLS) {
      for (int i = 0; i < options.pool(); i++) {
        pool.add(new HttpConnection(loops.of(i), options.target()));
      }
    }
  }

  /** Those that owe a server a good-bye. */
  Presence presence() {
    return presence;
  }

  /**
   * A player.
   *
   * @param number its seat
   * @param all the meters of its loop
   */
  Client make(int number, PlayerMeter meter, PlayMeters all) {
    LoadLoop loop = loops.of(number);
    int stream = number % options.streams();
    return switch (options.target().protocol()) {
      case HTTP_FLV -> new FlvPlayer(loop, options.target(), stream, meter);
      case RTMP -> new RtmpPlayer(loop, options.target(), stream, meter);
      case WS_FLV -> new WsFlvPlayer(loop, options.target(), stream, meter);
      case HLS -> hls(loop, number, stream, meter);
      case WHEP, JANUS -> whep(loop, number, stream, meter, all);
      case WHIP -> throw new BenchException("players play by WHEP: write whep where the URL says whip");
      case RTP -> throw new BenchException("plain RTP is published, and not played");
    };
  }

  private Client whep(LoadLoop loop, int number, int stream, PlayerMeter meter, PlayMeters all) {
    RtcIdentity who = identity;
    if (who == null) {
      throw new IllegalStateException("no identity");
    }
    presence.enter();
    return new WhepPlayer(
        loop,
        options.target().at(stream),
        options.token(),
        who,
        meter,
        all.packets(),
        number < options.opened(),
        presence::leave);
  }

  private Client hls(LoadLoop loop, int number, int stream, PlayerMeter meter) {
    if (pool.isEmpty()) {
      return new HlsPlayer(loop, options.target(), stream, meter, new HttpConnection(loop, options.target()), true);
    }
    // Connections of the player's own loop: each loop has every so manieth of them.
    int every = loops.all().size();
    int first = number % every;
    int perLoop = (pool.size() - first + every - 1) / every;
    HttpConnection shared = pool.get(first + number / every % perLoop * every);
    return new HlsPlayer(loop, options.target(), stream, meter, shared, false);
  }
}

package live.sluice.bench.load;

import live.sluice.bench.BenchException;
import live.sluice.bench.measure.PlayerMeter;

/** Makes players of the protocol that the URL asks for. */
final class Players {
  private final PlayOptions options;
  private final LoadLoops loops;

  Players(PlayOptions options, LoadLoops loops) {
    this.options = options;
    this.loops = loops;
  }

  Client make(int number, PlayerMeter meter) {
    LoadLoop loop = loops.of(number);
    int stream = number % options.streams();
    return switch (options.target().protocol()) {
      case HTTP_FLV -> new FlvPlayer(loop, options.target(), stream, meter);
      case RTMP -> new RtmpPlayer(loop, options.target(), stream, meter);
      case WS_FLV, HLS -> throw new BenchException("this is not there yet");
    };
  }
}

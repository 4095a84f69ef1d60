package live.sluice.bench.load;

import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.scan.ByteSink;
import live.sluice.bench.scan.FlvScanner;

/** A player of HTTP-FLV. */
final class FlvPlayer extends HttpPlayer {
  private final FlvScanner flv;

  FlvPlayer(LoadLoop loop, Target target, int number, PlayerMeter meter) {
    super(loop, target, number, meter);
    this.flv = new FlvScanner(meter);
  }

  @Override
  String headers() {
    return "Accept: */*\r\n";
  }

  @Override
  int welcome() {
    return 200;
  }

  @Override
  ByteSink media() {
    return flv;
  }

  @Override
  public void end() {
    fail("the stream ended");
  }
}

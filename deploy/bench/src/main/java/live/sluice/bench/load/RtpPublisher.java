package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.rtc.PlainSending;
import org.jspecify.annotations.Nullable;

/**
 * A publisher of plain RTP, by UDP: pictures to the port of the URL, sound to that after next, and reports to the port after
 * each (RFC 3550, section 11). Nobody takes it or refuses it; where nobody listens to the media, it fails. On its loop
 * alone.
 */
final class RtpPublisher implements Client, PlainSending.Ports {
  private static final int REPORT_MS = 1_000;
  private static final int REPORT_BYTES = 256;

  private final LoadLoop loop;
  private final InetSocketAddress first;
  private final Pacer pacer;
  private final PublishMeters meters;
  private final PlainSending sending;
  private final PacketFeed feed;
  private List<UdpPort> ports = List.of();
  private @Nullable ScheduledFuture<?> reports;
  private long startedAt;
  private int opened;
  private boolean accepted;
  private boolean over;

  RtpPublisher(LoadLoop loop, Target target, RtcClip clip, Pacer pacer, PublishMeters meters) {
    this.loop = loop;
    this.first = target.address();
    this.pacer = pacer;
    this.meters = meters;
    this.sending = new PlainSending(clip.codec(), this, meters);
    this.feed = new PacketFeed(loop, clip, meters, sending);
  }

  @Override
  public void start() {
    startedAt = System.nanoTime();
    Consumer<ByteBuf> nothing = bytes -> {};
    // Not every server takes reports, or listens for them already.
    Consumer<String> unheard = why -> {};
    ports =
        List.of(
            port(0, nothing, this::failed),
            port(1, sending::onRtcp, unheard),
            port(2, nothing, this::failed),
            port(3, sending::onRtcp, unheard));
  }

  private UdpPort port(int offset, Consumer<ByteBuf> received, Consumer<String> failed) {
    InetSocketAddress at = new InetSocketAddress(first.getAddress(), first.getPort() + offset);
    return new UdpPort(loop, at, this::open, received, failed);
  }

  private void open() {
    opened++;
    if (opened < 4 || over) {
      return;
    }
    accepted = true;
    meters.accepted(System.nanoTime() - startedAt);
    feed.begin(pacer, 0);
    reports = loop.loop().scheduleAtFixedRate(this::report, 0, REPORT_MS, TimeUnit.MILLISECONDS);
  }

  private void report() {
    long mediaMs = feed.nowMs();
    ByteBuf pictures = ByteBufAllocator.DEFAULT.directBuffer(REPORT_BYTES);
    sending.reportPictures(pictures, loop.clock().wallNanos(), mediaMs);
    ports.get(1).write(pictures);
    ByteBuf sound = ByteBufAllocator.DEFAULT.directBuffer(REPORT_BYTES);
    sending.reportSound(sound, loop.clock().wallNanos(), mediaMs);
    ports.get(3).write(sound);
    ports.get(1).flush();
    ports.get(3).flush();
  }

  @Override
  public boolean isWritable() {
    return ports.get(0).isWritable();
  }

  @Override
  public void picture(ByteBuf packet) {
    ports.get(0).write(packet);
  }

  @Override
  public void sound(ByteBuf packet) {
    ports.get(2).write(packet);
  }

  @Override
  public void flush() {
    ports.get(2).flush();
    ports.get(0).flush();
  }

  @Override
  public void failed(String why) {
    if (!over) {
      meters.ended(accepted, why);
    }
    close();
  }

  @Override
  public void pause(boolean stop) {
    // A publisher reads next to nothing.
  }

  @Override
  public void close() {
    over = true;
    feed.stop();
    ScheduledFuture<?> timer = reports;
    if (timer != null) {
      timer.cancel(false);
    }
    ports.forEach(UdpPort::close);
  }
}

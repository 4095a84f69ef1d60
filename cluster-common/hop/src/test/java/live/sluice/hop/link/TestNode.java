package live.sluice.hop.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import live.sluice.hop.control.ControlMessage;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.rtp.RtpBridge;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpSource;
import live.sluice.rtp.RtpStreams;
import live.sluice.rtp.RtpTrack;

/** A node with links over memory, and with streams that it serves. */
final class TestNode implements LinkHost {
  static final StreamKey KEY = StreamKey.of("live", "x");
  static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "", List.of("low", "high"));
  static final RtpTrack AUDIO = new RtpTrack(1, Codec.OPUS, 48_000, 2, "");

  final NodeInfo self;
  final Links links;
  final StreamRegistry registry;
  final RtpStreams streams;
  final List<Serving> servings = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  boolean heeds = true;
  BiConsumer<ControlMessage.Subscribe, Serving> serve = this::servePackets;
  private final World world;
  private int sequence;

  TestNode(World world, MemoryTransport.Network network, String id, String region, String certificate) {
    this.world = world;
    self = new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, region, "127.0.0.1", 1, 2, 3, 8001 + id.charAt(0));
    links = new Links(new MemoryTransport(network, certificate), this, List.of(world.loop()), world);
    links.listen(InetSocketAddress.createUnresolved(self.host(), self.hopPort()));
    registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), world);
    streams = new RtpStreams(registry, new NoBridge(), world);
    world.onClose(
        () -> {
          links.close();
          registry.shutDown();
        });
  }

  @Override
  public NodeInfo self() {
    return self;
  }

  @Override
  public void serve(ControlMessage.Subscribe what, Serving serving) {
    servings.add(serving);
    serve.accept(what, serving);
  }

  private void servePackets(ControlMessage.Subscribe what, Serving serving) {
    streams
        .open(what.key(), world.loop(), 1_000)
        .whenComplete(
            (stream, failure) -> {
              if (stream != null) {
                serving.packets(stream, 7, Session.detached(Session.Type.NODE_PULL, "test"));
              } else {
                serving.end(ErrorCode.STREAM_NOT_FOUND, "there is none", null);
              }
            });
  }

  RtpFeed publish() {
    return streams
        .publish(
            KEY,
            Session.detached(Session.Type.NODE_PULL, "test"),
            world.loop(),
            List.of(VIDEO, AUDIO),
            new Source())
        .toCompletableFuture()
        .resultNow();
  }

  /** A picture of one packet. */
  void picture(RtpFeed to, int layer, boolean keyframe) {
    to.packet(packet(VIDEO, layer, keyframe));
    to.flush();
  }

  void sound(RtpFeed to) {
    to.packet(packet(AUDIO, 0, true));
    to.flush();
  }

  private RtpPacket packet(RtpTrack track, int layer, boolean keyframe) {
    int number = sequence++;
    ByteBuf bytes = ByteBufAllocator.DEFAULT.buffer(112);
    bytes.writeByte(0x80).writeByte(0x80 | 96).writeShort(number).writeInt(number * 100).writeInt(7).writeZero(100);
    return new RtpPacket(track, layer, bytes, 12, keyframe, world.nanos());
  }

  private final class Source implements RtpSource {
    @Override
    public void requestKeyframe(int layer) {
      asked.add("keyframe " + layer);
    }

    @Override
    public void wantLayers(int mask) {
      asked.add("layers " + mask);
    }

    @Override
    public boolean heedsRequests() {
      return heeds;
    }

    @Override
    public void onEnd(ErrorCode code, String why) {}
  }

  private static final class NoBridge implements RtpBridge {
    @Override
    public Handle toPackets(Stream stream, Packets to) {
      return () -> {};
    }

    @Override
    public Frames toFrames(Publication publication, List<RtpTrack> tracks, IntConsumer requestKeyframe) {
      throw new UnsupportedOperationException("nobody reads frames");
    }
  }
}

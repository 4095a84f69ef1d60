package live.sluice.rtmp;

import static live.sluice.rtmp.Loopback.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;

/** Some seconds of made-up media: sent by a client, and looked for in what another one played. */
final class Clip {
  static final Track VIDEO = Track.bare(Codec.H264);
  private static final Track AUDIO = Track.bare(Codec.AAC);

  private Clip() {}

  /** Ten groups of pictures with sound between, some of them larger than a chunk; says what a {@link Recorder} will. */
  static List<String> send(PublishTarget target, long start) {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      boolean key = i % 10 == 0;
      sent.add(send(target, frame(VIDEO, start + i * 40L, 80, key, key ? 200_000 : 3_000)));
      sent.add(send(target, frame(AUDIO, start + i * 40L + 20, 0, true, 300)));
    }
    return sent;
  }

  /** Sends a frame on the target's loop. */
  private static String send(PublishTarget target, Frame frame) {
    String text = Recorder.text(frame);
    EventLoop loop = ((ClientPublish) target).loop();
    loop.execute(() -> target.frame(frame));
    return text;
  }

  private static Frame frame(Track track, long dts, long offset, boolean key, int length) {
    byte[] payload = new byte[length];
    new Random(dts).nextBytes(payload);
    ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(payload);
    return new Frame(track, dts, offset, key, false, body);
  }

  /** All of it was played that was sent after the player had begun, and nothing else. */
  static void assertPlayed(Recorder recorder, List<String> sent) {
    await(() -> recorder.ended != null || (!recorder.frames.isEmpty() && recorder.frames.contains(sent.getLast())));
    int from = sent.indexOf(recorder.frames.getFirst());
    assertThat(from).as(recorder.why).isNotNegative();
    assertThat(recorder.frames).isEqualTo(sent.subList(from, sent.size()));
  }
}

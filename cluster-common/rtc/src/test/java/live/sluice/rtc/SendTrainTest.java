package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import live.sluice.rtc.ice.IcePath;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpProfile;
import live.sluice.rtc.srtp.SrtpSender;
import org.junit.jupiter.api.Test;

/** What packets go out together. */
class SendTrainTest {
  private final SrtpSender srtp =
      SrtpSender.of(
          new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12], new byte[16], new byte[12]));
  private final SendTrain train = new SendTrain(UnpooledByteBufAllocator.DEFAULT);
  private final byte[] head = new byte[12];
  private int sequence;

  @Test
  void equalPacketsAndAShorterOneAreATrain() {
    Path path = new Path(true);
    add(path, 1_000, 1_000, 400);
    train.flush(path);
    assertThat(path.sent).containsExactly("1028+1028+428");
  }

  @Test
  void aLongerPacketBeginsAnother() {
    Path path = new Path(true);
    add(path, 100, 1_000, 1_000, 50, 50);
    train.flush(path);
    assertThat(path.sent).containsExactly("128", "1028+1028+78", "78");
  }

  @Test
  void aTrainIsNoLongerThanTheSystemTakes() {
    Path path = new Path(true);
    for (int i = 0; i < 130; i++) {
      add(path, 100);
    }
    train.flush(path);
    assertThat(path.sent).hasSize(3);
    assertThat(path.sent.getLast()).isEqualTo("128+128");
  }

  @Test
  void whereTheSystemTakesNoneEachPacketGoesAlone() {
    Path path = new Path(false);
    add(path, 1_000, 1_000);
    train.flush(path);
    assertThat(path.sent).containsExactly("1028", "1028");
  }

  private void add(Path path, int... sizes) {
    for (int size : sizes) {
      head[0] = (byte) 0x80;
      head[2] = (byte) (sequence >>> 8);
      head[3] = (byte) sequence++;
      ByteBuf payload = Unpooled.wrappedBuffer(new byte[size]);
      train.add(path, srtp, head, 12, 12, payload, 0, size, 64);
    }
  }

  private record Path(boolean takesTrains, List<String> sent) implements PeerPath {
    Path(boolean takesTrains) {
      this(takesTrains, new ArrayList<>());
    }

    @Override
    public IcePath path() {
      return new IcePath(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), false);
    }

    @Override
    public void send(ByteBuf datagram) {
      sent.add(Integer.toString(datagram.readableBytes()));
      datagram.release();
    }

    @Override
    public void sendTrain(ByteBuf datagrams, int segment) {
      List<String> parts = new ArrayList<>();
      for (int left = datagrams.readableBytes(); left > 0; left -= segment) {
        parts.add(Integer.toString(Math.min(left, segment)));
      }
      sent.add(String.join("+", parts));
      datagrams.release();
    }
  }
}

package live.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.clip.SyntheticClip;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.measure.PublishSummary;
import live.sluice.media.Codec;
import live.sluice.rtp.payload.Keyframes;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import live.sluice.rtp.rtcp.RtcpWriter;
import live.sluice.rtp.rtcp.SenderReport;
import live.sluice.rtp.wire.RtpHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtpPublisherTest {
  private static final int PICTURES = 0;
  private static final int PICTURE_REPORTS = 1;
  private static final int SOUND = 2;
  private static final int SOUND_REPORTS = 3;
  private static final long PICTURE_NANOS = 20_000_000;

  /** Keyframes are a minute apart: those that come sooner were asked for. */
  private final RtcClip clip = RtcClip.of(SyntheticClip.ofPictures(300_000, 50, Duration.ofMinutes(1)));

  private final LoadLoops loops = new LoadLoops(1);
  private final PublishMeters meters = meters();
  private final List<DatagramSocket> sockets = new ArrayList<>();
  private RtpPublisher publisher;
  private InetSocketAddress from;

  private static PublishMeters meters() {
    PublishMeters made = new PublishMeters();
    made.ofPackets();
    return made;
  }

  @BeforeEach
  void start() throws IOException {
    while (!open()) {
      // Four ports in a row: another row.
    }
    LoadLoop loop = loops.of(0);
    publisher =
        new RtpPublisher(
            loop,
            Target.of("rtp://127.0.0.1:" + sockets.getFirst().getLocalPort()),
            clip,
            new Pacer(loop.loop(), PICTURE_NANOS),
            meters);
    loop.loop().execute(publisher::start);
  }

  private boolean open() throws IOException {
    int port = 0;
    for (int i = 0; i < 4; i++) {
      try {
        DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        port = socket.getLocalPort() + 1;
      } catch (SocketException | IllegalArgumentException taken) {
        close();
        return false;
      }
    }
    return true;
  }

  @AfterEach
  void stop() {
    loops.of(0).call(
        () -> {
          publisher.close();
          return true;
        });
    loops.close();
    close();
  }

  private void close() {
    sockets.forEach(DatagramSocket::close);
    sockets.clear();
  }

  private ByteBuf next(int socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    sockets.get(socket).receive(packet);
    from = (InetSocketAddress) packet.getSocketAddress();
    return Unpooled.wrappedBuffer(packet.getData(), 0, packet.getLength());
  }

  private static boolean startsKeyframe(ByteBuf packet) {
    int header = RtpHeader.payloadOffset(packet);
    return Keyframes.startsKeyframe(Codec.H264, packet, header, packet.readableBytes() - header);
  }

  @Test
  void picturesAndSoundAndTheirReportsGoToPortsOfTheirOwn() throws IOException {
    ByteBuf picture = next(PICTURES);
    assertThat(RtpHeader.payloadOffset(picture)).isEqualTo(RtpHeader.BYTES);
    assertThat(RtpHeader.payloadType(picture)).isEqualTo(96);
    assertThat(startsKeyframe(picture)).isTrue();
    ByteBuf sound = next(SOUND);
    assertThat(RtpHeader.payloadType(sound)).isEqualTo(111);
    assertThat(RtpHeader.sequence(next(SOUND)) - RtpHeader.sequence(sound)).isEqualTo(1);
    assertThat(reported(PICTURE_REPORTS)).isEqualTo(RtpHeader.ssrc(picture));
    assertThat(reported(SOUND_REPORTS)).isEqualTo(RtpHeader.ssrc(sound));
  }

  private int reported(int socket) throws IOException {
    int[] ssrc = new int[1];
    RtcpListener listener =
        new RtcpListener() {
          @Override
          public void onSenderReport(SenderReport report) {
            ssrc[0] = report.ssrc();
          }
        };
    new RtcpReader().read(next(socket), listener);
    return ssrc[0];
  }

  @Test
  void whoAnswersItsReportsByAPliIsSentAKeyframe() throws IOException {
    ByteBuf first = next(PICTURES);
    int timestamp = RtpHeader.timestamp(first);
    next(PICTURE_REPORTS);
    ByteBuf pli = Unpooled.buffer();
    RtcpWriter.pli(pli, 1, RtpHeader.ssrc(first));
    sockets.get(PICTURE_REPORTS).send(new DatagramPacket(pli.array(), pli.readableBytes(), from));

    ByteBuf packet = next(PICTURES);
    while (RtpHeader.timestamp(packet) == timestamp || !startsKeyframe(packet)) {
      packet = next(PICTURES);
    }
    assertThat(RtpHeader.timestamp(packet) - timestamp).isPositive();
    assertThat(loops.of(0).call(() -> PublishSummary.of(meters, 1).feedback().keyframeRequests())).isEqualTo(1);
  }
}

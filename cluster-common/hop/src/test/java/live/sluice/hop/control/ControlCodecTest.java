package live.sluice.hop.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import live.sluice.hop.transport.HopTransport;
import live.sluice.media.Announcement;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlCodecTest {
  private static final NodeInfo NODE =
      new NodeInfo("o1", 1_700_000_000_123L, NodeInfo.Role.ORIGIN, "eu", "2001:db8::1", 1935, 8080, 1985, 8001);
  private static final NodeInfo HUB = new NodeInfo("h", 5, NodeInfo.Role.EDGE, "us", "h.test", 0, 1, 2, 3);
  private static final StreamKey KEY = new StreamKey("v.test", "live/a", "x");
  private static final StreamEntry ENTRY = new StreamEntry(KEY, NODE, 1L << 45, 9, List.of("VP8", "Opus"));
  private static final List<RtpTrack> TRACKS =
      List.of(
          new RtpTrack(0, Codec.VP8, 90_000, 0, "", List.of("q", "h", "f")),
          new RtpTrack(1, Codec.OPUS, 48_000, 2, "useinbandfec=1"));

  static List<ControlMessage> messages() {
    return List.of(
        new ControlMessage.Hello(NODE, 1, true),
        new ControlMessage.Hello(HUB, 2, false),
        new ControlMessage.Nodes(List.of(new NodeLoad(NODE, 3, 4), new NodeLoad(HUB, 0, 0))),
        new ControlMessage.Nodes(List.of()),
        new ControlMessage.Announce(new Announcement(ENTRY, HUB, List.of("eu", "us"), 10)),
        new ControlMessage.Unannounce(KEY),
        new ControlMessage.Subscribe(-7, KEY, 5, List.of("far", "near"), "abcdefgh"),
        new ControlMessage.Subscribed(
            3, MediaPath.PACKETS, 77, true, TRACKS, List.of(new Flow(1, 0, 2), new Flow(900, 1, 0)), "s"),
        new ControlMessage.Subscribed(3, MediaPath.FRAMES, 77, false, List.of(), List.of(), "s"),
        new ControlMessage.Ended(4, ErrorCode.NOT_OWNER, "it is elsewhere", ENTRY),
        new ControlMessage.Ended(4, ErrorCode.STREAM_ENDED, "", null),
        new ControlMessage.Update(5, 3),
        new ControlMessage.Unsubscribe(6),
        new ControlMessage.KeyframeRequest(7, 1),
        new ControlMessage.Clock(8, 1, 2, -1L, -2),
        new ControlMessage.Arrival(9, 1, 2, 3, 4, -1),
        new ControlMessage.Goaway(5_000));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void eachMessageIsReadAsItWasWritten(ControlMessage message) {
    assertThat(ControlCodec.read(ControlCodec.bytes(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void eachMessageThatIsCutOffOrChangedIsReadOrRefused(ControlMessage message) {
    byte[] bytes = ControlCodec.bytes(message);
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = java.util.Arrays.copyOf(bytes, i < bytes.length ? i : bytes.length);
      if (i >= bytes.length) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      ControlFuzzTest.read(changed);
    }
  }

  @Test
  void aFlowOfANegativeTrackIsRefused() {
    var message = new ControlMessage.Subscribed(
        1, MediaPath.PACKETS, 7, true, TRACKS, List.of(new Flow(1, 0x1000_0000, 0)), "");
    byte[] bytes = ControlCodec.bytes(message);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0x10) {
        bytes[i] = (byte) 0x80; // as 64 bits it is positive, as 32 it is not
      }
    }
    assertThatThrownBy(() -> ControlCodec.read(bytes)).isInstanceOf(SluiceException.class);
  }

  @Test
  void anAnswerOfALaterVersionsFormIsNotUnderstood() {
    byte[] bytes =
        ControlCodec.bytes(new ControlMessage.Subscribed(3, MediaPath.FRAMES, 77, false, List.of(), List.of(), "s"));
    bytes[1 + 11 + 10] = 2;
    assertThat(ControlCodec.read(bytes)).isInstanceOf(ControlMessage.NotUnderstood.class);
  }

  @Test
  void aRegionOfManyNodesFitsIntoOneMessage() {
    List<NodeLoad> nodes =
        IntStream.range(0, 2_000)
            .mapToObj(i -> new NodeLoad(new NodeInfo("node-" + i, i, HUB.role(), "us", "host", 1, 2, 3, 4), 1, 2))
            .toList();
    byte[] bytes = ControlCodec.bytes(new ControlMessage.Nodes(nodes));
    assertThat(bytes.length).isLessThanOrEqualTo(HopTransport.MAX_MESSAGE);
    assertThat(ControlCodec.read(bytes))
        .isInstanceOfSatisfying(
            ControlMessage.Nodes.class, read -> assertThat(read.nodes()).hasSizeGreaterThan(300).isSubsetOf(nodes));
  }

  @Test
  void namesThatAreNoNamesAreRefused() {
    NodeInfo bad = new NodeInfo("a\nb", 1, HUB.role(), "us", "host", 1, 2, 3, 4);
    byte[] bytes = ControlCodec.bytes(new ControlMessage.Hello(bad, 1, false));
    assertThatThrownBy(() -> ControlCodec.read(bytes)).isInstanceOf(SluiceException.class);
  }
}

package live.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketHistoryTest {
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");
  private static final long KEPT = 1_000;

  private final PacketHistory history = new PacketHistory(4, 16, KEPT);
  private final List<RtpPacket> made = new ArrayList<>();

  @AfterEach
  void everythingIsReleased() {
    history.clear();
    assertThat(made).allSatisfy(packet -> assertThat(packet.refCnt()).isZero());
  }

  private void add(PacketHistory to, int sequence, long now) {
    ByteBuf bytes = Unpooled.buffer(13);
    bytes.writeByte(0x80).writeByte(96).writeShort(sequence).writeZero(9);
    RtpPacket packet = new RtpPacket(VIDEO, 0, bytes, 12, false, 0);
    made.add(packet);
    to.add(packet, now);
    packet.release();
  }

  @Test
  void packetsAreFoundUntilTheyAreTooOld() {
    add(history, 65_535, 0);
    add(history, 0, 10);
    assertThat(history.find(65_535, 999)).isNotNull();
    assertThat(history.find(65_535, 1_000)).isNull();
    assertThat(history.find(0, 1_000)).isNotNull();
  }

  @Test
  void itGrowsForPacketsThatAreToBeKept() {
    for (int i = 0; i < 16; i++) {
      add(history, i, i);
    }
    for (int i = 0; i < 16; i++) {
      assertThat(history.find(i, 20)).as("packet %s", i).isNotNull();
    }
  }

  @Test
  void itDoesNotGrowForOldOnes() {
    for (int i = 0; i < 8; i++) {
      add(history, i, i * KEPT);
    }
    assertThat(made).filteredOn(packet -> packet.refCnt() > 0).hasSize(4);
  }

  @Test
  void pastItsBoundTheOldestGo() {
    for (int i = 0; i < 20; i++) {
      add(history, i, 0);
    }
    assertThat(history.find(3, 0)).isNull();
    assertThat(history.find(4, 0)).isNotNull();
    assertThat(history.find(19, 0)).isNotNull();
  }

  @Test
  void aPacketThatComesTwiceIsKeptOnce() {
    add(history, 1, 0);
    add(history, 1, 1);
    assertThat(made).filteredOn(packet -> packet.refCnt() > 0).hasSize(1);
  }

  @Test
  void whereNothingIsToBeKeptNothingIs() {
    PacketHistory none = new PacketHistory(4, 16, 0);
    add(none, 1, 0);
    assertThat(none.find(1, 0)).isNull();
    assertThat(made.getFirst().refCnt()).isZero();
  }
}

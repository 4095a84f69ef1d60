package live.sluice.pull.packets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

class PacketHopFuzzTest {
  private static final int PIECE = 100;

  /** A byte stream gives packets and messages, or is refused with a code; every packet can be sent on as it is. */
  @FuzzTest(maxDuration = "1m")
  void anyStream(byte[] data) {
    try (Rfc4571Reader reader = new Rfc4571Reader(ByteBufAllocator.DEFAULT, PacketHop.MAX_BODY)) {
      for (int at = 0; at < data.length; at += PIECE) {
        ByteBuf in = Unpooled.wrappedBuffer(data, at, Math.min(PIECE, data.length - at));
        for (ByteBuf body = reader.read(in); body != null; body = reader.read(in)) {
          take(body);
        }
      }
    }
  }

  private static void take(ByteBuf body) {
    try {
      if (body.getByte(0) < 0) {
        sendOn(body.retain());
      } else {
        readAgain(HopMessages.read(body));
      }
    } catch (SluiceException refused) {
      assertThat(refused.code()).isIn(ErrorCode.PROTOCOL_ERROR, ErrorCode.UPSTREAM_FAILED);
    } finally {
      body.release();
    }
  }

  private static void sendOn(ByteBuf body) {
    var packet = HopPacket.read(body, Packets.TRACKS, 0);
    ByteBuf head = Unpooled.buffer();
    HopPacket.writeHead(packet, head);
    assertThat(head.readUnsignedShort()).isEqualTo(packet.bytes().readableBytes());
    assertThat(head.slice()).isEqualTo(packet.bytes().slice(packet.bytes().readerIndex(), 12));
    packet.release();
  }

  private static void readAgain(HopMessage message) {
    if (message == null) {
      return;
    }
    ByteBuf frame = Packets.frame(message);
    frame.skipBytes(2);
    assertThat(HopMessages.read(frame)).isEqualTo(message);
    frame.release();
  }
}

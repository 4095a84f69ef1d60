package live.sluice.container.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HexFormat;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlvTagReaderTest {
  private static final String HEADER = "464c5601050000000900000000";

  private final FlvTagReader reader = new FlvTagReader(ByteBufAllocator.DEFAULT, 1 << 20);

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void readsHeaderAndTags() {
    FlvTag tag = read(HEADER + "08000003" + "00000480" + "000000" + "af0121" + "0000000e");

    assertThat(tag.type()).isEqualTo(FlvType.AUDIO);
    assertThat(tag.timestamp()).isEqualTo(0x80000004L);
    assertThat(ByteBufUtil.hexDump(tag.body())).isEqualTo("af0121");
    assertThat(reader.audio()).isTrue();
    assertThat(reader.video()).isTrue();
    tag.release();
  }

  @Test
  void passesOverALongerHeader() {
    FlvTag tag = read("464c5601010000000b" + "abcd" + "00000000" + "08000000" + "00000000" + "000000" + "0000000b");

    assertThat(reader.audio()).isFalse();
    assertThat(tag.body().isReadable()).isFalse();
    tag.release();
  }

  @Test
  void putsTheSizeAfterATagAndTheStreamIdRight() {
    FlvTag tag = read(HEADER + "08000001" + "00000000" + "000001" + "af" + "00000000");

    assertThat(ByteBufUtil.hexDump(tag.whole())).isEqualTo("08000001" + "00000000" + "000000" + "af" + "0000000c");
    tag.release();
  }

  @Test
  void tellsEncryptedTags() {
    FlvTag tag = read(HEADER + "28000001" + "00000000" + "000000" + "af" + "0000000c");

    assertThat(tag.filtered()).isTrue();
    assertThat(tag.type()).isEqualTo(FlvType.AUDIO);
    tag.release();
  }

  @Test
  void refusesWhatIsNotFlv() {
    refuses(ErrorCode.PROTOCOL_ERROR, "485454502f312e31203430");
    refuses(ErrorCode.PROTOCOL_ERROR, "464c56020500000009");
    refuses(ErrorCode.PROTOCOL_ERROR, "464c560105ffffffff");
    refuses(ErrorCode.PROTOCOL_ERROR, "464c56010500000008");
    refuses(ErrorCode.PROTOCOL_ERROR, HEADER + "47000001" + "00000000" + "000000");
  }

  @Test
  void refusesATagThatIsTooLarge() {
    refuses(ErrorCode.TOO_LARGE, HEADER + "09100001" + "00000000" + "000000");
  }

  @Test
  void givesATagThatClaimsMuchItsMemoryOnlyAsItComes() {
    ByteBuf in = bytes(HEADER + "09ffffff" + "00000000" + "000000" + "17");
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    FlvTagReader large = new FlvTagReader(allocator);

    assertThat(large.read(in)).isNull();
    assertThat(allocator.metric().usedDirectMemory()).isBetween(1L, 1L << 20);
    large.close();
  }

  private void refuses(ErrorCode code, String hex) {
    FlvTagReader fresh = new FlvTagReader(ByteBufAllocator.DEFAULT, 1 << 20);
    assertThatThrownBy(() -> fresh.read(bytes(hex)))
        .isInstanceOfSatisfying(SluiceException.class, e -> assertThat(e.code()).isEqualTo(code));
    fresh.close();
  }

  private FlvTag read(String hex) {
    return reader.read(bytes(hex));
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
  }
}

package live.sluice.rtmp.chunk;

import static live.sluice.rtmp.chunk.Chunks.body;
import static live.sluice.rtmp.chunk.Chunks.describe;
import static live.sluice.rtmp.chunk.Chunks.part;
import static live.sluice.rtmp.chunk.Chunks.type0;
import static live.sluice.rtmp.chunk.Chunks.type1;
import static live.sluice.rtmp.chunk.Chunks.type2;
import static live.sluice.rtmp.chunk.Chunks.type3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.chunk.Chunks.Recorder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
  private Recorder recorder = new Recorder();

  @AfterEach
  void close() {
    recorder.close();
  }

  private static String message(int type, long timestamp, int streamId, int length) {
    return describe(type, timestamp, streamId, body(length));
  }

  private static ByteBuf out() {
    return Unpooled.buffer();
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call).satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(code));
  }

  /** All header types, interleaved messages, and long chunk stream ids. */
  private static ByteBuf mixture() {
    ByteBuf out = out();
    part(type0(out, 6, 1000, 300, 9, 1), body(300), 0, 128);
    part(type0(out, 70, 1005, 10, 8, 1), body(10), 0, 10);
    part(type3(out, 6), body(300), 128, 128);
    part(type1(out, 70, 20, 12, 8), body(12), 0, 12);
    part(type3(out, 6), body(300), 256, 44);
    part(type2(out, 70, 23), body(12), 0, 12);
    part(type3(out, 70), body(12), 0, 12);
    part(type1(out, 6, 40, 5, 9), body(5), 0, 5);
    part(type0(out, 65_599, 7, 3, 18, 5), body(3), 0, 3);
    part(type0(out, 320, 8, 0, 18, 5), body(0), 0, 0);
    return out;
  }

  private static final String[] MIXTURE = {
    message(8, 1005, 1, 10),
    message(8, 1025, 1, 12),
    message(9, 1000, 1, 300),
    message(8, 1048, 1, 12),
    message(8, 1071, 1, 12),
    message(9, 1040, 1, 5),
    message(18, 7, 5, 3),
    message(18, 8, 5, 0),
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 13, 127, 129, 100_000})
  void messagesComeOutWholeWhateverThePieces(int size) {
    assertThat(recorder.read(mixture(), size).got).containsExactly(MIXTURE);
    assertThat(recorder.reader.held()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100_000})
  void aSinkCanStopTheReaderAfterEachMessage(int size) {
    recorder.stopAfterEach = true;
    recorder.read(mixture(), size);
    assertThat(recorder.got.stream().filter(each -> !each.equals("stop"))).containsExactly(MIXTURE);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 129, 4096, 60_000, 65_535, 65_536, 0x7fffffff})
  void theChunkSizeChangesBetweenMessages(int size) {
    recorder.read(ControlMessages.setChunkSize(ByteBufAllocator.DEFAULT, size));
    ByteBuf out = out();
    int length = 150_000;
    ChunkWriter.begin(out, size, 6, 9, 5, 1, length).body(out, body(length));
    assertThat(recorder.read(out, 1000).got).containsExactly(message(9, 5, 1, length));
  }

  @Test
  void aChunkSizeOfZeroIsAnError() {
    ByteBuf out = type0(out(), 2, 0, 4, MessageType.SET_CHUNK_SIZE, 0).writeInt(0);
    assertCode(ErrorCode.PROTOCOL_ERROR, () -> recorder.read(out));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 1000})
  void extendedTimestampsMayStandInEveryChunk(int size) {
    ByteBuf out = type0(out(), 6, 0xffffff, 300, 9, 1).writeInt(0x01020304);
    part(out, body(300), 0, 128);
    part(type3(out, 6).writeInt(0x01020304), body(300), 128, 128);
    part(type3(out, 6).writeInt(0x01020304), body(300), 256, 44);
    assertThat(recorder.read(out, size).got).containsExactly(message(9, 0x01020304L, 1, 300));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 1000})
  void extendedTimestampsMayBeLeftOutOfLaterChunks(int size) {
    ByteBuf out = type0(out(), 6, 0xffffff, 258, 9, 1).writeInt(0x01020304);
    part(out, body(258), 0, 128);
    part(type3(out, 6), body(258), 128, 128);
    part(type3(out, 6), body(258), 256, 2);
    part(type0(out, 4, 9, 3, 8, 1), body(3), 0, 3);
    assertThat(recorder.read(out, size).got)
        .containsExactly(message(9, 0x01020304L, 1, 258), message(8, 9, 1, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void bodiesThatBeginLikeTheTimestampAreNotMistaken(int size) {
    // The second chunk's body begins with the timestamp's first three bytes.
    ByteBuf whole = body(130);
    whole.setByte(128, 0x01).setByte(129, 0x02);
    ByteBuf out = type0(out(), 6, 0xffffff, 130, 9, 1).writeInt(0x01020304);
    part(out, whole, 0, 128);
    part(type3(out, 6), whole, 128, 2);
    part(type0(out, 4, 9, 3, 8, 1), body(3), 0, 3);
    assertThat(recorder.read(out, size).got)
        .containsExactly(describe(9, 0x01020304L, 1, whole), message(8, 9, 1, 3));
  }

  @Test
  void timestampsOfMoreThan31BitsAndWrapsAreRead() {
    ByteBuf out = type0(out(), 6, 0xffffff, 1, 9, 1).writeInt(0xfffffff0).writeByte(0);
    type2(out, 6, 0x20).writeByte(0);
    type0(out, 4, 0xffffff, 1, 8, 1).writeInt(0xffffff).writeByte(0);
    assertThat(recorder.read(out).got)
        .containsExactly(message(9, 0xfffffff0L, 1, 1), message(9, 0x10, 1, 1), message(8, 0xffffffL, 1, 1));
  }

  @Test
  void deltasMayBeExtendedToo() {
    ByteBuf out = type0(out(), 6, 10, 1, 9, 1).writeByte(0);
    type2(out, 6, 0xffffff).writeInt(0x1000000).writeByte(0);
    type3(out, 6).writeInt(0x1000000).writeByte(0);
    assertThat(recorder.read(out).got)
        .containsExactly(message(9, 10, 1, 1), message(9, 0x100000aL, 1, 1), message(9, 0x200000aL, 1, 1));
  }

  @Test
  void anAbortThrowsAwayAPartialMessage() {
    ByteBuf out = type0(out(), 6, 0, 300, 9, 1);
    part(out, body(300), 0, 128);
    type0(out, 2, 0, 4, MessageType.ABORT, 0).writeInt(6);
    part(type0(out, 6, 1, 3, 9, 1), body(3), 0, 3);
    assertThat(recorder.read(out).got).containsExactly(message(9, 1, 1, 3));
    assertThat(recorder.reader.held()).isZero();
  }

  @Test
  void aFirstHeaderOfTypeOneIsUnderstoodAndOfTypeTwoOrThreeIsNot() {
    recorder.read(part(type1(out(), 2, 5, 3, 4), body(3), 0, 3));
    assertThat(recorder.got).containsExactly(message(4, 5, 0, 3));
    assertCode(ErrorCode.PROTOCOL_ERROR, () -> recorder.read(type2(out(), 7, 5)));
    recorder.close();
    recorder = new Recorder();
    assertCode(ErrorCode.PROTOCOL_ERROR, () -> recorder.read(type3(out(), 7)));
  }

  @Test
  void aNewMessageWithinAnotherOneOfItsStreamIsAnError() {
    ByteBuf out = part(type0(out(), 6, 0, 300, 9, 1), body(300), 0, 128);
    type0(out, 6, 0, 300, 9, 1);
    assertCode(ErrorCode.PROTOCOL_ERROR, () -> recorder.read(out));
  }

  @Test
  void aMessageBeyondTheBoundIsRefusedAtItsHeader() {
    assertCode(ErrorCode.TOO_LARGE, () -> recorder.read(type0(out(), 6, 0, (1 << 20) + 1, 9, 1)));
    assertThat(recorder.reader.held()).isZero();
  }

  @Test
  void memoryIsSpentAsTheDataComesAndNotAsAnnounced() {
    part(type0(out(), 6, 0, 1 << 20, 9, 1), body(128), 0, 128);
    recorder.read(part(type0(out(), 6, 0, 1 << 20, 9, 1), body(100), 0, 100));
    assertThat(recorder.reader.held()).isLessThanOrEqualTo(1024);
  }

  @Test
  void partialMessagesAreBoundedTogether() {
    recorder.close();
    recorder = new Recorder(new ChunkBounds(10_000, 15_000, 8, 1 << 20));
    recorder.read(ControlMessages.setChunkSize(ByteBufAllocator.DEFAULT, 10_000));
    recorder.read(part(type0(out(), 6, 0, 10_000, 9, 1), body(9_000), 0, 9_000));
    ByteBuf second = part(type0(out(), 7, 0, 10_000, 9, 1), body(9_000), 0, 9_000);
    assertCode(ErrorCode.TOO_LARGE, () -> recorder.read(second, 500));
  }

  @Test
  void chunkStreamsAreBounded() {
    ByteBuf out = out();
    for (int id = 3; id < 3 + 64; id++) {
      type0(out, id, 0, 0, 9, 1);
    }
    recorder.read(out);
    assertThat(recorder.got).hasSize(64);
    assertCode(ErrorCode.TOO_LARGE, () -> recorder.read(type0(out(), 200, 0, 0, 9, 1)));
  }
}

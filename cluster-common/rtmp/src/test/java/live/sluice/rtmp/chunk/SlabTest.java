package live.sluice.rtmp.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class SlabTest {
  private final Slab slab = new Slab(ByteBufAllocator.DEFAULT);

  @Test
  void messagesLieOneBehindTheOtherAndDoNotTouch() {
    ByteBuf one = slab.take(100);
    ByteBuf other = slab.take(50);
    one.writeBytes(new byte[100]);
    other.writeLong(7);
    assertThat(other.memoryAddress()).isEqualTo(one.memoryAddress() + 100);
    assertThat(one.capacity()).isEqualTo(100);
    assertThat(one.isWritable()).isFalse();
    assertThat(other.readableBytes()).isEqualTo(8);
    one.release();
    other.release();
    slab.close();
  }

  @Test
  void memoryLivesAsLongAsTheLastMessageInIt() {
    ByteBuf first = slab.take(4000).writeInt(42);
    List<ByteBuf> more = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      more.add(slab.take(4000));
    }
    slab.close();
    more.forEach(ByteBuf::release);
    assertThat(first.getInt(0)).isEqualTo(42);
    assertThat(first.release()).isTrue();
  }

  @Test
  void aLongMessageHasMemoryOfItsOwn() {
    ByteBuf small = slab.take(10);
    ByteBuf large = slab.take(100_000);
    ByteBuf next = slab.take(10);
    assertThat(large.capacity()).isEqualTo(100_000);
    assertThat(next.memoryAddress()).isEqualTo(small.memoryAddress() + 10);
    assertThat(large.release()).isTrue();
    small.release();
    next.release();
    slab.close();
  }

  @Test
  void fewMessagesThatAreKeptDoNotKeepSlabsWithoutBound() {
    List<ByteBuf> kept = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      ByteBuf message = slab.take(2_000);
      if (i % 16 == 0) {
        kept.add(message);
      } else {
        message.release();
      }
    }
    assertThat(slab.held()).isEqualTo(Slab.MOST_HELD + 1);
    kept.forEach(ByteBuf::release);
    ByteBuf again = slab.take(2_000);
    ByteBuf next = slab.take(2_000);
    assertThat(next.memoryAddress()).isEqualTo(again.memoryAddress() + 2_000);
    again.release();
    next.release();
    slab.close();
  }
}

package live.sluice.media.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
  @Test
  void findsABufferThatNobodyReleased() throws InterruptedException {
    leak();

    assertThat(LeakCheck.findLeaks()).hasSize(1).first().asString().contains("LeakCheckTest.leak");
  }

  @Test
  void findsNothingWhereBuffersAreReleased() throws InterruptedException {
    ByteBufAllocator.DEFAULT.directBuffer(16).release();

    assertThat(LeakCheck.findLeaks()).isEmpty();
  }

  private static void leak() {
    ByteBufAllocator.DEFAULT.directBuffer(16).writeInt(1);
  }
}

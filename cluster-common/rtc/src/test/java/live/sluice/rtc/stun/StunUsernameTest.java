package live.sluice.rtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class StunUsernameTest {
  @Test
  void theNameOfWhoIsAskedStandsBeforeTheColon() {
    assertThat(StunUsername.localUfrag(Vectors.shifted(Vectors.REQUEST))).isEqualTo("evtj");
  }

  @Test
  void onlyRequestsAskSomebody() {
    assertThat(StunUsername.localUfrag(Vectors.buffer(Vectors.IPV4_ANSWER))).isNull();
  }

  @Test
  void namesWithoutColonOrOfOtherCharactersAreNone() {
    assertThat(StunUsername.localUfrag(requestOf("evtjh6vY"))).isNull();
    assertThat(StunUsername.localUfrag(requestOf(":evtj"))).isNull();
    assertThat(StunUsername.localUfrag(requestOf("ev tj:h6vY"))).isNull();
    assertThat(StunUsername.localUfrag(requestOf("ev\0j:h6vY"))).isNull();
    assertThat(StunUsername.localUfrag(requestOf("e".repeat(257) + ":h6vY"))).isNull();
    assertThat(StunUsername.localUfrag(requestOf("e".repeat(256) + ":h6vY"))).hasSize(256);
  }

  @Test
  void aNameBehindTheIntegrityIsNone() {
    ByteBuf out = Unpooled.buffer();
    StunWriter writer = new StunWriter(out, StunType.REQUEST, new byte[12]);
    writer.end(new IntegrityKey("password"));
    out.writerIndex(out.writerIndex() - 8);
    writer.username("evtj", "h6vY");
    out.setShort(2, out.readableBytes() - 20);

    assertThat(StunUsername.localUfrag(out)).isNull();
  }

  private static ByteBuf requestOf(String username) {
    ByteBuf out = Unpooled.buffer();
    new StunWriter(out, StunType.REQUEST, new byte[12]).username(username, "").end();
    // The writer's colon is taken off again.
    int padded = StunAttribute.padded(username.length());
    ByteBuf shorter = Unpooled.buffer();
    shorter.writeBytes(out, 0, 20).writeShort(StunAttribute.USERNAME).writeShort(username.length());
    shorter.writeBytes(out, 24, username.length()).writeZero(padded - username.length());
    return shorter.setShort(2, shorter.readableBytes() - 20);
  }
}

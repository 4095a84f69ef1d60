package live.sluice.rtc.ice;

import static live.sluice.rtc.ice.Checks.HOME;
import static live.sluice.rtc.ice.Checks.MS;
import static live.sluice.rtc.ice.Checks.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import live.sluice.rtc.stun.IntegrityKey;
import live.sluice.rtc.stun.StunMessage;
import live.sluice.rtc.stun.StunType;
import live.sluice.rtc.stun.StunWriter;
import org.junit.jupiter.api.Test;

class IceClientTest {
  private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;
  private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 8000);

  private final IceCredentials ours = IceCredentials.random();
  private final IceCredentials theirs = IceCredentials.random();
  private final IceClient client = new IceClient(ours, theirs, SERVER, 0);
  private final IceLiteAgent server = new IceLiteAgent(theirs, IceSettings.DEFAULT, 0);

  @Test
  void clientAndAgentAgreeInOneRoundTrip() {
    IceResult result = roundTrip(0);

    assertThat(result.verdict()).isEqualTo(IceResult.Verdict.CHECKED);
    assertThat(result.selected()).isTrue();
    assertThat(client.connected()).isTrue();
    assertThat(client.refused()).isFalse();
  }

  @Test
  void requestsComeAgainUntilOneIsAnsweredAndThenSeldom() {
    int sent = 0;
    for (int ms = 0; ms < 2_000; ms++) {
      sent += send(ms) ? 1 : 0;
    }
    // At 0, 50, 150, 350, 750, 1250, 1750 ms.
    assertThat(sent).isEqualTo(7);
    assertThat(client.nanosToRequest(2_000 * MS)).isEqualTo(250 * MS);

    roundTrip(3_000 * MS);
    assertThat(client.nanosToRequest(3_000 * MS)).isEqualTo(2_500 * MS);
    assertThat(client.request(5_499 * MS, ALLOCATOR)).isNull();
    roundTrip(5_500 * MS);
    assertThat(client.lastAnswerNanos()).isEqualTo(5_500 * MS);
  }

  @Test
  void onlySignedAnswersToItsOwnRequestsCount() {
    ByteBuf request = client.request(0, ALLOCATOR);
    byte[] transaction = StunMessage.read(request).transactionId();
    request.release();

    client.handle(answer(StunType.SUCCESS, new byte[12], theirs), SECOND, ALLOCATOR);
    client.handle(answer(StunType.SUCCESS, transaction, ours), SECOND, ALLOCATOR);
    assertThat(client.connected()).isFalse();
    client.handle(answer(StunType.ERROR, transaction, theirs), SECOND, ALLOCATOR);
    assertThat(client.refused()).isTrue();
    client.handle(answer(StunType.SUCCESS, transaction, theirs), SECOND, ALLOCATOR);
    assertThat(client.connected()).isTrue();
    assertThat(client.refused()).isFalse();
  }

  @Test
  void checksOfAFullAgentAreAnswered() {
    ByteBuf answer = client.handle(Checks.request(ours, w -> w.controlled(1).priority(1)), 0, ALLOCATOR);
    assertThat(StunMessage.read(answer).type()).isEqualTo(StunType.SUCCESS);
    assertThat(StunMessage.read(answer).authenticated(new IntegrityKey(ours.pwd()))).isTrue();
    answer.release();

    ByteBuf conflict = client.handle(Checks.nominating(ours, 1), 0, ALLOCATOR);
    assertThat(StunMessage.read(conflict).errorCode()).isEqualTo(487);
    conflict.release();

    assertThat(client.handle(Checks.request(theirs, w -> w.controlled(1)), 0, ALLOCATOR)).isNull();
    assertThat(client.handle(Unpooled.EMPTY_BUFFER, 0, ALLOCATOR)).isNull();
  }

  private IceResult roundTrip(long now) {
    ByteBuf request = client.request(now, ALLOCATOR);
    IceResult result = server.handle(request, HOME, false, now, ALLOCATOR);
    request.release();
    assertThat(client.handle(result.reply(), now, ALLOCATOR)).isNull();
    result.reply().release();
    return result;
  }

  private boolean send(long ms) {
    ByteBuf request = client.request(ms * MS, ALLOCATOR);
    if (request != null) {
      request.release();
    }
    return request != null;
  }

  private static ByteBuf answer(StunType type, byte[] transaction, IceCredentials signer) {
    ByteBuf out = Unpooled.buffer();
    new StunWriter(out, type, transaction).mappedAddress(HOME).end(new IntegrityKey(signer.pwd()));
    return out;
  }
}

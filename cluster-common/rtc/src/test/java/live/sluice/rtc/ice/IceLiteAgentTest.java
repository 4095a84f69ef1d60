package live.sluice.rtc.ice;

import static live.sluice.rtc.ice.Checks.AWAY;
import static live.sluice.rtc.ice.Checks.HOME;
import static live.sluice.rtc.ice.Checks.SECOND;
import static live.sluice.rtc.ice.Checks.nominating;
import static live.sluice.rtc.ice.Checks.plain;
import static live.sluice.rtc.ice.Checks.reply;
import static live.sluice.rtc.ice.Checks.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import live.sluice.rtc.ice.IceResult.Verdict;
import live.sluice.rtc.stun.StunType;
import live.sluice.rtc.stun.StunWriter;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {
  private static final long START = -5 * SECOND;

  private final IceCredentials ours = IceCredentials.random();
  private final IceLiteAgent agent = new IceLiteAgent(ours, IceSettings.DEFAULT, START);

  @Test
  void aValidCheckProvesItsAddressAndIsAnswered() {
    IceResult result = handle(nominating(ours, 100), HOME, START);

    assertThat(result.verdict()).isEqualTo(Verdict.CHECKED);
    assertThat(result.path()).isEqualTo(new IcePath(HOME, false));
    assertThat(result.newPath()).isTrue();
    assertThat(result.selected()).isTrue();
    Checks.Reply reply = reply(result, ours);
    assertThat(reply.type()).isEqualTo(StunType.SUCCESS);
    assertThat(reply.mapped()).isEqualTo(HOME);
    assertThat(reply.signed()).isTrue();
    assertThat(agent.connected()).isTrue();
    assertThat(agent.proved(HOME, false)).isTrue();
    assertThat(agent.proved(HOME, true)).as("the same address by another protocol").isFalse();
    assertThat(agent.proved(AWAY, false)).isFalse();
  }

  @Test
  void theSecondCheckFromThereChangesNothing() {
    checked(nominating(ours, 100), HOME, START);
    IceResult again = checked(nominating(ours, 100), HOME, START + SECOND);

    assertThat(again.newPath()).isFalse();
    assertThat(again.selected()).isFalse();
    assertThat(agent.lastCheckNanos()).isEqualTo(START + SECOND);
  }

  @Test
  void wrongCredentialsGetNoAnswerAndProveNothing() {
    assertIgnored(nominating(new IceCredentials(ours.ufrag(), "x".repeat(24)), 100), Verdict.UNAUTHENTICATED);
    assertIgnored(nominating(new IceCredentials("another1", ours.pwd()), 100), Verdict.UNAUTHENTICATED);
    ByteBuf unsigned = Unpooled.buffer();
    new StunWriter(unsigned, StunType.REQUEST, new byte[12]).username(ours.ufrag(), "peer").end();
    assertIgnored(unsigned, Verdict.UNAUTHENTICATED);
  }

  @Test
  void indicationsAnswersAndOtherBytesGetNoAnswer() {
    ByteBuf indication = Unpooled.buffer();
    new StunWriter(indication, StunType.INDICATION, new byte[12]).end();
    assertIgnored(indication, Verdict.UNASKED);
    ByteBuf answer = Unpooled.buffer();
    new StunWriter(answer, StunType.SUCCESS, new byte[12]).mappedAddress(HOME).end();
    assertIgnored(answer, Verdict.UNASKED);
    assertIgnored(Unpooled.wrappedBuffer(new byte[40]), Verdict.MALFORMED);
    assertIgnored(Unpooled.EMPTY_BUFFER, Verdict.MALFORMED);
  }

  @Test
  void aPeerThatTakesItselfForControlledIsToldToTakeTheOtherRole() {
    IceResult result = handle(request(ours, w -> w.controlled(-1).priority(1)), HOME, START);

    assertThat(result.verdict()).isEqualTo(Verdict.ROLE_CONFLICT);
    Checks.Reply reply = reply(result, ours);
    assertThat(reply.error()).isEqualTo(487);
    assertThat(reply.signed()).isTrue();
    assertThat(agent.proved(HOME, false)).isFalse();
  }

  @Test
  void attributesThatMustBeUnderstoodAreRefused() {
    ByteBuf check = request(ours, w -> w.controlling(1).unknown(new int[0]).priority(1));
    // The type of the empty list is changed to one that nobody knows, and the message signed anew.
    ByteBuf changed =
        request(
            ours,
            w -> {
              w.controlling(1).unknown(new int[0]);
              w.buffer().setShort(w.buffer().writerIndex() - 4, 0x7f00);
              w.priority(1);
            });
    checked(check, AWAY, START);

    IceResult result = handle(changed, HOME, START);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN_ATTRIBUTES);
    assertThat(reply(result, ours).error()).isEqualTo(420);
    assertThat(agent.proved(HOME, false)).isFalse();
  }

  @Test
  void aPeerIsGoneAfterTheConsentHasRunOut() {
    long consent = IceSettings.DEFAULT.consent().toNanos();
    assertThat(agent.expired(START + consent)).isFalse();
    assertThat(agent.expired(START + consent + 1)).isTrue();

    checked(nominating(ours, 1), HOME, START + consent);
    assertThat(agent.expired(START + 2 * consent)).isFalse();
    // Neither wrong checks nor indications keep it.
    handle(nominating(new IceCredentials(ours.ufrag(), "x".repeat(24)), 1), HOME, START + 2 * consent);
    assertThat(agent.expired(START + 2 * consent + 1)).isTrue();
  }

  @Test
  void theConsentIsConfigured() {
    IceSettings settings = IceSettings.DEFAULT.withConsent(Duration.ofSeconds(15));
    IceLiteAgent shorter = new IceLiteAgent(ours, settings, START);

    assertThat(shorter.expired(START + 15 * SECOND)).isFalse();
    assertThat(shorter.expired(START + 16 * SECOND)).isTrue();
  }

  @Test
  void oldCredentialsAreGoodUntilTheFirstCheckWithNewOnes() {
    checked(nominating(ours, 100), HOME, START);
    IceCredentials next = IceCredentials.random();
    assertThat(agent.restart(next)).isNull();
    assertThat(agent.local()).isEqualTo(next);
    assertThat(agent.previous()).isEqualTo(ours);
    assertThat(checked(nominating(ours, 100), HOME, START + SECOND).retired()).isNull();

    IceResult first = handle(nominating(next, 100), AWAY, START + 2 * SECOND);
    assertThat(first.retired()).isEqualTo(ours);
    assertThat(reply(first, next).signed()).isTrue();
    assertThat(agent.selected()).isEqualTo(new IcePath(AWAY, false));
    assertThat(agent.previous()).isNull();
    assertIgnored(nominating(ours, 100), Verdict.UNAUTHENTICATED);
    assertThat(checked(nominating(next, 100), AWAY, START + 3 * SECOND).retired()).isNull();
  }

  @Test
  void ofTwoRestartsInARowTheCredentialsInUseStayGood() {
    IceCredentials skipped = IceCredentials.random();
    IceCredentials latest = IceCredentials.random();
    agent.restart(skipped);
    assertThat(agent.restart(latest)).isEqualTo(skipped);

    assertIgnored(nominating(skipped, 1), Verdict.UNAUTHENTICATED);
    checked(nominating(ours, 1), HOME, START);
    assertThat(checked(nominating(latest, 1), HOME, START).retired()).isEqualTo(ours);
  }

  @Test
  void answersToGuessesAreNeverLongerThanTheGuess() {
    for (int round = 0; round < 200; round++) {
      ByteBuf guess = nominating(IceCredentials.random(), round);
      assertThat(handle(guess, HOME, START).reply()).isNull();
    }
    assertThat(agent.paths()).isEmpty();
    ByteBuf conflict = request(ours, w -> w.controlled(1).priority(1));
    assertThat(reply(handle(conflict, HOME, START), ours).length()).isLessThanOrEqualTo(conflict.readableBytes());
  }

  @Test
  void checksOfPeersByPlainPriorityAloneAreTaken() {
    // A peer need not say which role it takes.
    assertThat(checked(request(ours, w -> {}), HOME, START).selected()).isTrue();
    assertThat(checked(plain(ours, 5), HOME, START).newPath()).isFalse();
  }

  private IceResult checked(ByteBuf check, InetSocketAddress from, long now) {
    IceResult result = handle(check, from, now);
    assertThat(result.verdict()).isEqualTo(Verdict.CHECKED);
    result.reply().release();
    return result;
  }

  private IceResult handle(ByteBuf datagram, InetSocketAddress from, long now) {
    return agent.handle(datagram, from, false, now, ByteBufAllocator.DEFAULT);
  }

  private void assertIgnored(ByteBuf datagram, Verdict verdict) {
    long lastCheck = agent.lastCheckNanos();
    InetSocketAddress stranger = new InetSocketAddress("192.0.2.99", 9);
    IceResult result = handle(datagram, stranger, START + 9 * SECOND);
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.reply()).isNull();
    assertThat(agent.proved(stranger, false)).isFalse();
    assertThat(agent.lastCheckNanos()).isEqualTo(lastCheck);
  }
}

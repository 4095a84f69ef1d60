package live.sluice.rtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  private static final byte[] TRANSACTION = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");

  private final IntegrityKey key = new IntegrityKey(Vectors.PASSWORD);

  @Test
  void theSampleRequestOfTheRfcIsRead() {
    StunMessage request = StunMessage.read(Vectors.shifted(Vectors.REQUEST));

    assertThat(request.type()).isEqualTo(StunType.REQUEST);
    assertThat(request.transactionId()).isEqualTo(TRANSACTION);
    assertThat(request.username()).isEqualTo("evtj:h6vY");
    assertThat(request.isFor("evtj")).isTrue();
    assertThat(request.isFor("evt")).isFalse();
    assertThat(request.isFor("evtjx")).isFalse();
    assertThat(request.priority()).isEqualTo(0x6e0001ffL);
    assertThat(request.controlled()).isTrue();
    assertThat(request.controlling()).isFalse();
    assertThat(request.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
    assertThat(request.useCandidate()).isFalse();
    assertThat(request.hasFingerprint()).isTrue();
    assertThat(request.hasUnknown()).isFalse();
    assertThat(request.authenticated(key)).isTrue();
    assertThat(request.authenticated(new IntegrityKey("another"))).isFalse();
    // The key can be used again, after what was right and what was wrong.
    assertThat(request.authenticated(key)).isTrue();
  }

  @Test
  void theSampleAnswersOfTheRfcTellTheirAddresses() {
    StunMessage ipv4 = StunMessage.read(Vectors.shifted(Vectors.IPV4_ANSWER));
    StunMessage ipv6 = StunMessage.read(Vectors.shifted(Vectors.IPV6_ANSWER));

    assertThat(ipv4.type()).isEqualTo(StunType.SUCCESS);
    assertThat(ipv4.authenticated(key)).isTrue();
    assertThat(ipv4.mappedAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
    assertThat(ipv6.authenticated(key)).isTrue();
    assertThat(ipv6.mappedAddress())
        .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    ByteBuf out = Unpooled.buffer().writeZero(3).skipBytes(3);
    new StunWriter(out, StunType.REQUEST, TRANSACTION)
        .username("asked", "asks")
        .controlling(0x1122334455667788L)
        .useCandidate()
        .priority(0xfedcba98L)
        .end(key);

    StunMessage request = StunMessage.read(out);
    assertThat(request.username()).isEqualTo("asked:asks");
    assertThat(request.controlling()).isTrue();
    assertThat(request.tieBreaker()).isEqualTo(0x1122334455667788L);
    assertThat(request.useCandidate()).isTrue();
    assertThat(request.priority()).isEqualTo(0xfedcba98L);
    assertThat(request.authenticated(key)).isTrue();
    assertThat(StunUsername.localUfrag(out)).isEqualTo("asked");
  }

  @Test
  void answersAreWrittenAndReadForBothFamilies() {
    for (String host : new String[] {"203.0.113.77", "2001:db8::1"}) {
      InetSocketAddress address = new InetSocketAddress(host, 54321);
      ByteBuf out = Unpooled.buffer();
      new StunWriter(out, StunType.SUCCESS, TRANSACTION).mappedAddress(address).end(key);

      StunMessage answer = StunMessage.read(out);
      assertThat(answer.mappedAddress()).isEqualTo(address);
      assertThat(answer.authenticated(key)).isTrue();
    }
  }

  @Test
  void errorsAreWrittenAndRead() {
    ByteBuf out = Unpooled.buffer();
    new StunWriter(out, StunType.ERROR, TRANSACTION)
        .error(StunError.UNKNOWN_ATTRIBUTE)
        .unknown(new int[] {0x7001, 0x7002, 0x7003})
        .end();

    StunMessage answer = StunMessage.read(out);
    assertThat(answer.type()).isEqualTo(StunType.ERROR);
    assertThat(answer.errorCode()).isEqualTo(420);
    assertThat(answer.hasIntegrity()).isFalse();
    assertThat(answer.authenticated(key)).isFalse();
    assertThat(answer.hasFingerprint()).isTrue();
  }

  @Test
  void attributesThatMustBeUnderstoodAndAreNotAreListed() {
    StunMessage request = StunMessage.read(message("7abc0001aa000000" + "7abd0000" + "c0570004aabbccdd"));

    assertThat(request.unknown()).containsExactly(0x7abc, 0x7abd);
  }

  @Test
  void ofSixtyUnknownAttributesAFewAreListed() {
    assertThat(StunMessage.read(message("7abc0000".repeat(60))).unknown()).hasSize(8);
  }

  @Test
  void whatStandsBehindTheIntegrityDoesNotCount() {
    ByteBuf signed = Unpooled.buffer();
    new StunWriter(signed, StunType.REQUEST, TRANSACTION).username("asked", "asks").end(key);
    // The fingerprint is cut off, and USE-CANDIDATE put where it stood.
    ByteBuf forged = signed.slice(0, signed.readableBytes() - 8).copy().writeInt(0x00250000);
    forged.setShort(2, forged.readableBytes() - 20);

    StunMessage request = StunMessage.read(forged);
    assertThat(request.authenticated(key)).isTrue();
    assertThat(request.useCandidate()).isFalse();
  }

  @Test
  void oneChangedBitUpToTheIntegrityIsNoticed() {
    byte[] sample = HexFormat.of().parseHex(Vectors.REQUEST);
    for (int bit = 0; bit < 8 * (sample.length - 8); bit++) {
      byte[] changed = sample.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));

      StunMessage message = StunMessage.read(Unpooled.wrappedBuffer(changed));
      assertThat(message == null || !message.authenticated(key)).as("bit " + bit).isTrue();
    }
  }

  @Test
  void halfMessagesAndLongerOnesAreNone() {
    ByteBuf sample = Vectors.buffer(Vectors.REQUEST);
    for (int length = 0; length < sample.readableBytes(); length++) {
      assertThat(StunMessage.read(sample.slice(0, length))).isNull();
      assertThat(StunUsername.localUfrag(sample.slice(0, length))).isNull();
    }
    assertThat(StunMessage.read(Vectors.buffer(Vectors.REQUEST + "00"))).isNull();
    assertThat(StunMessage.read(Vectors.buffer(Vectors.REQUEST + "00000000"))).isNull();
    assertThat(StunMessage.read(message("00060000".repeat(600)))).as("longer than is read").isNull();
  }

  @Test
  void attributesOfAnotherLengthThanTheirsMakeNoMessage() {
    assertThat(StunMessage.read(message("00240003aabbcc00"))).isNull();
    assertThat(StunMessage.read(message("00250004aabbccdd"))).isNull();
    assertThat(StunMessage.read(message("802a0004aabbccdd"))).isNull();
    assertThat(StunMessage.read(message("00080004aabbccdd"))).isNull();
    assertThat(StunMessage.read(message("002000080003a147e112a643"))).isNull();
    assertThat(StunMessage.read(message("0009000400000700"))).isNull();
    assertThat(StunMessage.read(message("00090000"))).isNull();
    assertThat(StunMessage.read(message("000600ffaabbccdd"))).isNull();
  }

  @Test
  void otherMethodsAndOtherProtocolsAreNone() {
    ByteBuf allocate = Vectors.buffer(Vectors.REQUEST);
    allocate.setShort(0, 0x0003);
    ByteBuf withoutCookie = Vectors.buffer(Vectors.REQUEST);
    withoutCookie.setInt(4, 0);

    assertThat(StunMessage.read(allocate)).isNull();
    assertThat(StunMessage.read(withoutCookie)).isNull();
    assertThat(StunHeader.matches(Vectors.buffer("80600001000000010000000100000000000000000000"))).isFalse();
  }

  @Test
  void randomChangesNeverThrow() {
    Random random = new Random(1);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = HexFormat.of().parseHex(Vectors.REQUEST);
      for (int changes = random.nextInt(6); changes >= 0; changes--) {
        bytes[20 + random.nextInt(bytes.length - 20)] = (byte) random.nextInt(256);
      }
      ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
      StunUsername.localUfrag(buffer);
      StunMessage message = StunMessage.read(buffer);
      if (message != null) {
        message.username();
        message.authenticated(key);
      }
    }
  }

  /** A request of these attributes. */
  private static ByteBuf message(String attributes) {
    String length = HexFormat.of().toHexDigits((short) (attributes.length() / 2));
    return Vectors.buffer("0001" + length + "2112a442" + ByteBufUtil.hexDump(TRANSACTION) + attributes);
  }
}

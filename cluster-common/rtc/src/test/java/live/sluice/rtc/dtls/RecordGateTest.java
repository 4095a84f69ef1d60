package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordGateTest {
  private static final int CERTIFICATE = 11;
  private static final int KEY_EXCHANGE = 16;
  private static final int VERIFY = 15;

  private final RecordGate server = new RecordGate(DtlsRole.SERVER);

  @Test
  void aDatagramIsTakenApartIntoRecords() {
    byte[] certificate = message(CERTIFICATE, 100, 0, 100);
    byte[] exchange = message(KEY_EXCHANGE, 66, 0, 66);
    server.add(join(certificate, exchange));

    assertThat(server.next()).isEqualTo(certificate);
    assertThat(server.next()).isEqualTo(exchange);
    assertThat(server.next()).isNull();
  }

  @Test
  void changeCipherSpecAndWhatIsEncryptedWaitForTheVerify() {
    byte[] exchange = message(KEY_EXCHANGE, 66, 0, 66);
    byte[] verify = message(VERIFY, 70, 0, 70);
    server.add(changeCipherSpec());
    server.add(encrypted());
    server.add(exchange);
    assertThat(server.next()).isEqualTo(exchange);
    assertThat(server.next()).isNull();

    server.add(verify);
    assertThat(server.next()).isEqualTo(verify);
    assertThat(server.next()).isEqualTo(changeCipherSpec());
    assertThat(server.next()).isEqualTo(encrypted());
    assertThat(server.next()).isNull();
    server.add(encrypted());
    assertThat(server.next()).isEqualTo(encrypted());
  }

  @Test
  void aVerifyInPartsCountsOnceAllOfItWasHandedOver() {
    server.add(changeCipherSpec());
    server.add(message(VERIFY, 70, 30, 40));
    server.add(message(VERIFY, 70, 0, 20));
    assertThat(server.next()).isNotNull();
    assertThat(server.next()).isNotNull();
    assertThat(server.next()).isNull();

    server.add(message(VERIFY, 70, 10, 20));
    assertThat(server.next()).isNotNull();
    assertThat(server.next()).isEqualTo(changeCipherSpec());
  }

  @Test
  void aVerifyBehindAnotherMessageInOneRecordIsSeen() {
    byte[] both = join(body(KEY_EXCHANGE, 66, 0, 66), body(VERIFY, 70, 0, 70));
    server.add(changeCipherSpec());
    server.add(record(22, 0, both));
    assertThat(server.next()).hasSize(13 + both.length);
    assertThat(server.next()).isEqualTo(changeCipherSpec());
  }

  @Test
  void aFewRecordsAreHeldBackAndNoMore() {
    for (int i = 0; i < 1_000; i++) {
      server.add(encrypted());
    }
    assertThat(server.dropped()).isEqualTo(992);
  }

  @Test
  void aClientsGateIsOpen() {
    RecordGate client = new RecordGate(DtlsRole.CLIENT);
    client.add(changeCipherSpec());
    assertThat(client.next()).isEqualTo(changeCipherSpec());
  }

  @Test
  void messagesThatSayTheyAreTooLongAreDroppedWhereverTheyStand() {
    for (DtlsRole role : DtlsRole.values()) {
      RecordGate gate = new RecordGate(role);
      gate.add(message(CERTIFICATE, 0xffffff, 0, 1));
      gate.add(message(CERTIFICATE, 8193, 0, 1));
      gate.add(record(22, 0, join(body(CERTIFICATE, 1, 0, 1), body(CERTIFICATE, 8193, 8192, 1))));
      assertThat(gate.next()).isNull();
      assertThat(gate.dropped()).isEqualTo(3);

      gate.add(message(CERTIFICATE, 8192, 0, 1));
      assertThat(gate.next()).isNotNull();
    }
  }

  @Test
  void halfRecordsAreDropped() {
    byte[] record = message(CERTIFICATE, 100, 0, 100);
    for (int length = 0; length < record.length; length++) {
      server.add(Arrays.copyOf(record, length));
      assertThat(server.next()).isNull();
    }
  }

  @Test
  void randomBytesNeverThrowAndNothingIsKept() {
    Random random = new Random(1);
    RecordGate gate = new RecordGate(DtlsRole.SERVER);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = join(message(VERIFY, 70, 0, 70), changeCipherSpec(), encrypted());
      for (int i = random.nextInt(8); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      gate.add(bytes);
      int records = 0;
      while (gate.next() != null) {
        records++;
      }
      assertThat(records).isLessThan(20);
    }
  }

  private static byte[] message(int type, int length, int offset, int fragment) {
    return record(22, 0, body(type, length, offset, fragment));
  }

  private static byte[] changeCipherSpec() {
    return record(20, 0, new byte[] {1});
  }

  private static byte[] encrypted() {
    return record(22, 1, new byte[40]);
  }

  private static byte[] body(int type, int length, int offset, int fragment) {
    HexFormat hex = HexFormat.of();
    String header =
        hex.toHexDigits((byte) type)
            + hex.toHexDigits(length, 6)
            + "0001"
            + hex.toHexDigits(offset, 6)
            + hex.toHexDigits(fragment, 6);
    return join(hex.parseHex(header), new byte[fragment]);
  }

  private static byte[] record(int type, int epoch, byte[] body) {
    HexFormat hex = HexFormat.of();
    String header =
        hex.toHexDigits((byte) type)
            + "fefd"
            + hex.toHexDigits((short) epoch)
            + "000000000000"
            + hex.toHexDigits((short) body.length);
    return join(hex.parseHex(header), body);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}

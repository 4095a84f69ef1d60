package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Chromium's ClientHello has 1,413 bytes and comes in two parts, which the library's verifier of cookies drops. */
class HelloInPartsTest {
  private static final int HEADERS = DtlsRecord.HEADER_BYTES + DtlsRecord.MESSAGE_HEADER_BYTES;

  private final DtlsEndpoints endpoints = new DtlsEndpoints(DtlsIdentity.create(), DtlsSettings.DEFAULT);

  @Test
  void aHelloInTwoPartsIsAnswered() {
    CertificateFingerprint fingerprint = endpoints.identity().fingerprint();
    TestPeer server = TestPeer.of(endpoints, DtlsRole.SERVER, fingerprint);
    TestPeer client = TestPeer.of(endpoints, DtlsRole.CLIENT, fingerprint);
    Fragmenter fragmenter = new Fragmenter(server.endpoint()::receive);
    client.wire(fragmenter);
    server.wire(client.endpoint()::receive);
    client.endpoint().start();

    assertThat(server.keys().sendKey()).isEqualTo(client.keys().receiveKey());
    assertThat(fragmenter.hellos).isPositive();
    client.endpoint().close();
    server.endpoint().close();
  }

  /** Cuts each ClientHello in two, and counts the records that are not encrypted anew. */
  private static final class Fragmenter implements Consumer<ByteBuf> {
    private final Consumer<ByteBuf> to;
    private int sequence;
    int hellos;

    Fragmenter(Consumer<ByteBuf> to) {
      this.to = to;
    }

    @Override
    public void accept(ByteBuf datagram) {
      int at = 0;
      while (at < datagram.readableBytes()) {
        ByteBuf record = datagram.copy(at, DtlsRecord.HEADER_BYTES + datagram.getUnsignedShort(at + 11));
        at += record.readableBytes();
        if (record.getByte(0) == DtlsRecord.HANDSHAKE && record.getByte(DtlsRecord.HEADER_BYTES) == 1) {
          hellos++;
          int body = record.readableBytes() - HEADERS;
          send(part(record, 0, body / 2));
          send(part(record, body / 2, body - body / 2));
        } else {
          send(record);
        }
      }
    }

    private void send(ByteBuf record) {
      if (record.getUnsignedShort(3) == 0) {
        record.setInt(7, sequence++);
      }
      to.accept(record);
    }

    private static ByteBuf part(ByteBuf record, int offset, int length) {
      ByteBuf part = Unpooled.buffer();
      part.writeBytes(record, 0, HEADERS).writeBytes(record, HEADERS + offset, length);
      part.setShort(11, DtlsRecord.MESSAGE_HEADER_BYTES + length);
      part.setMedium(DtlsRecord.HEADER_BYTES + 6, offset);
      part.setMedium(DtlsRecord.HEADER_BYTES + 9, length);
      return part;
    }
  }
}

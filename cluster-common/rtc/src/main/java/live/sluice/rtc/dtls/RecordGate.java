package live.sluice.rtc.dtls;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the datagrams of a peer and the library: takes them apart into records, drops what would cost
 * memory, and mends an order that the library can't stand.
 *
 * <p>The order: a server switches to the keys as soon as it sees ChangeCipherSpec and has the client's key. Where the
 * network lost or overtook the CertificateVerify between them, the server from then on drops every copy of it, since
 * copies come without those keys, and the handshake is dead. So ChangeCipherSpec, and whatever is encrypted, is held
 * back until all of a CertificateVerify was handed over.
 *
 * <p>Belongs to the thread of its peer.
 */
final class RecordGate {
  /** Records that are held back at once; a flight has two of them. */
  private static final int MAX_HELD = 8;

  private final boolean server;
  private final Deque<byte[]> ready = new ArrayDeque<>();
  private final Deque<byte[]> held = new ArrayDeque<>();
  private final BitSet verifyBytes = new BitSet();
  private boolean open;
  private int dropped;

  /** A gate for the library in that role; a client needs no order, for no message comes before the server's end. */
  RecordGate(DtlsRole role) {
    this.server = role == DtlsRole.SERVER;
    this.open = !server;
  }

  /** The next record for the library; null where there is none. */
  byte @Nullable [] next() {
    return ready.poll();
  }

  /** Records that were dropped since they were malformed or would have cost too much. */
  int dropped() {
    return dropped;
  }

  /** Takes what came: records, one behind the other; RFC 6347, section 4.1.1. */
  void add(byte[] datagram) {
    int at = 0;
    while (datagram.length - at >= DtlsRecord.HEADER_BYTES) {
      int end = at + DtlsRecord.HEADER_BYTES + DtlsRecord.uint16(datagram, at + 11);
      if (end > datagram.length) {
        dropped++;
        return;
      }
      record(Arrays.copyOfRange(datagram, at, end));
      at = end;
    }
  }

  private void record(byte[] record) {
    boolean plain = DtlsRecord.uint16(record, 3) == 0;
    boolean handshake = record[0] == DtlsRecord.HANDSHAKE;
    int body = record.length - DtlsRecord.HEADER_BYTES;
    if (plain && handshake && !DtlsRecord.messagesAreBounded(record, DtlsRecord.HEADER_BYTES, body)) {
      dropped++;
    } else if (open || (plain && record[0] != DtlsRecord.CHANGE_CIPHER_SPEC)) {
      ready.add(record);
      if (!open && handshake) {
        lookForVerify(record);
      }
    } else if (held.size() < MAX_HELD) {
      held.add(record);
    } else {
      dropped++;
    }
  }

  private void lookForVerify(byte[] record) {
    int at = DtlsRecord.HEADER_BYTES;
    while (!open && record.length - at >= DtlsRecord.MESSAGE_HEADER_BYTES) {
      int length = DtlsRecord.uint24(record, at + 1);
      int offset = DtlsRecord.uint24(record, at + 6);
      int fragment = DtlsRecord.uint24(record, at + 9);
      int next = at + DtlsRecord.MESSAGE_HEADER_BYTES + fragment;
      if (next > record.length || offset + fragment > length) {
        return;
      }
      if (record[at] == DtlsRecord.CERTIFICATE_VERIFY) {
        verifyBytes.set(offset, offset + fragment);
        if (verifyBytes.nextClearBit(0) >= length) {
          open = true;
          ready.addAll(held);
          held.clear();
        }
      }
      at = next;
    }
  }
}

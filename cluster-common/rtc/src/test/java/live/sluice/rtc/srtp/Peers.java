package live.sluice.rtc.srtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Two sides that share keys, and packets for them. */
final class Peers {
  private Peers() {}

  static SrtpKeys keys(SrtpProfile profile) {
    byte[] key = new byte[profile.keyBytes()];
    byte[] salt = new byte[profile.saltBytes()];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 7 + 1);
    }
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) (i * 11 + 3);
    }
    return new SrtpKeys(profile, key, salt, key, salt);
  }

  /** A packet of 100 bytes of payload. */
  static ByteBuf rtp(int ssrc, int sequence) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(96).writeShort(sequence).writeInt(sequence * 3000).writeInt(ssrc);
    for (int i = 0; i < 100; i++) {
      packet.writeByte(i + sequence);
    }
    return packet;
  }

  /** A receiver report of nothing. */
  static ByteBuf rtcp(int ssrc) {
    return Unpooled.buffer().writeByte(0x80).writeByte(201).writeShort(1).writeInt(ssrc);
  }

  /** The packet as it goes over the wire. */
  static ByteBuf sealed(SrtpSender sender, int ssrc, int sequence) {
    ByteBuf out = Unpooled.buffer();
    sender.protect(rtp(ssrc, sequence), out);
    return out;
  }
}

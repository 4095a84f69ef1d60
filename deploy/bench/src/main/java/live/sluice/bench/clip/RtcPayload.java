package live.sluice.bench.clip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import live.sluice.bench.scan.SenderClock;

/**
 * The payload of one RTP packet, shared by all publishers. In memory that nobody releases; only read.
 *
 * @param bytes the payload, from 0
 * @param clockEnd where the NAL unit ends that takes the publisher's clock; 0 where there is none
 */
public record RtcPayload(byte[] bytes, int clockEnd) {

  /** One that is looked through for the clock's place. */
  static RtcPayload of(byte[] bytes) {
    return new RtcPayload(bytes, SenderClock.end(bytes, bytes.length));
  }

  /** As a buffer: with the clock in it where there is a place for it. */
  public ByteBuf at(long wallNanos) {
    if (clockEnd == 0) {
      return Unpooled.wrappedBuffer(bytes);
    }
    byte[] copy = bytes.clone();
    SenderClock.set(copy, clockEnd, wallNanos);
    return Unpooled.wrappedBuffer(copy);
  }
}

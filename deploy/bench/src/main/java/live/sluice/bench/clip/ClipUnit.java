package live.sluice.bench.clip;

import io.netty.buffer.ByteBuf;

/**
 * One frame of a clip: the body of an FLV tag or RTMP message in two parts, between which a picture's clock goes.
 *
 * @param type of the message: 8 sound, 9 pictures
 * @param dtsMs from the clip's start
 * @param keyframe whether a player can begin here
 * @param prefix the body's first bytes, its own header and, for a picture with a clock, the SEI; each publisher makes a
 *     copy
 * @param clock whether the prefix ends with a NAL unit that takes the clock
 * @param rest all that follows, shared; whoever sends it makes a slice
 */
public record ClipUnit(int type, long dtsMs, boolean keyframe, byte[] prefix, boolean clock, ByteBuf rest) {
  /** Bytes of the whole body. */
  public int length() {
    return prefix.length + rest.readableBytes();
  }
}

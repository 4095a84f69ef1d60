package live.sluice.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.TimestampUnwrapper;

/**
 * Depacketizer of pictures. Packets of one timestamp up to the marker are a picture; once something is lost or broken,
 * all are dropped up to the packet that a keyframe begins with.
 */
final class PictureDepacketizer implements Depacketizer, ReorderBuffer.Output {
  /** Most packets of a picture: small ones cost more memory than their bytes. */
  private static final int MOST_PACKETS = 8192;

  private final RtpTrack track;
  private final PictureAssembler assembler;
  private final AccessUnitListener listener;
  private final DepacketizerSettings settings;
  private final ReorderBuffer order;
  private final TimestampUnwrapper clock = new TimestampUnwrapper();

  private final List<RtpPacket> picture = new ArrayList<>();
  private int pictureBytes;
  private int pictureTimestamp;

  /** Whether {@link #brokenTimestamp} is that of a picture of which more packets may come. */
  private boolean broken;
  private int brokenTimestamp;

  /** The configuration record that was told last; compared by identity. */
  private byte[] config = {};

  private boolean needsKeyframe = true;
  private boolean asked;
  private long askedAt;
  private long now;

  PictureDepacketizer(
      RtpTrack track, PictureAssembler assembler, AccessUnitListener listener, DepacketizerSettings settings) {
    this.track = track;
    this.assembler = assembler;
    this.listener = listener;
    this.settings = settings;
    this.order = new ReorderBuffer(settings.windowPackets(), settings.waitMillis() * 1_000_000L, this);
  }

  @Override
  public void receive(RtpPacket packet, long nowNanos) {
    now = nowNanos;
    order.add(packet, nowNanos);
    askAgain();
  }

  @Override
  public void skip(int sequence, long nowNanos) {
    now = nowNanos;
    order.skip(sequence, nowNanos);
  }

  @Override
  public void poll(long nowNanos) {
    now = nowNanos;
    order.poll(nowNanos);
    askAgain();
  }

  @Override
  public void close() {
    order.clear();
    forget();
  }

  @Override
  public void next(RtpPacket packet) {
    int timestamp = packet.timestamp();
    if (!picture.isEmpty() && timestamp != pictureTimestamp) {
      // Not every publisher sets the marker.
      finish();
    }
    if (broken && timestamp == brokenTimestamp) {
      return;
    }
    broken = false;
    if (picture.isEmpty() && needsKeyframe && !startsKeyframe(packet)) {
      ask();
      return;
    }
    if (packet.payloadLength() <= 0) {
      return;
    }
    pictureTimestamp = timestamp;
    pictureBytes += packet.payloadLength();
    if (pictureBytes > settings.maxUnitBytes() || picture.size() == MOST_PACKETS) {
      giveUp();
      return;
    }
    picture.add(packet.retain());
    if (packet.marker()) {
      finish();
    }
  }

  @Override
  public void lost() {
    giveUp();
  }

  private boolean startsKeyframe(RtpPacket packet) {
    return Keyframes.startsKeyframe(track.codec(), packet.bytes(), packet.payloadOffset(), packet.payloadLength());
  }

  private void finish() {
    int timestamp = pictureTimestamp;
    Assembled assembled;
    try {
      assembled = assembler.assemble(picture);
    } finally {
      forget();
    }
    switch (assembled) {
      case Assembled.Unit unit -> give(unit, timestamp);
      case Assembled.Nothing nothing -> {}
      case Assembled.Broken itIs -> {
        broken = true;
        brokenTimestamp = timestamp;
        giveUp();
      }
    }
  }

  private void give(Assembled.Unit unit, int timestamp) {
    if (needsKeyframe && !unit.keyframe()) {
      unit.payload().release();
      ask();
      return;
    }
    needsKeyframe = false;
    asked = false;
    if (unit.config() != config) {
      config = unit.config();
      listener.onConfig(config);
    }
    listener.onAccessUnit(unit.payload(), clock.unwrap(timestamp), unit.keyframe());
  }

  /** Drops the picture that was being put together, with what may still come of it, and all up to the next keyframe. */
  private void giveUp() {
    // More than 0 with no packet kept: the first one was too large already.
    if (pictureBytes > 0) {
      broken = true;
      brokenTimestamp = pictureTimestamp;
      forget();
    }
    assembler.lost();
    if (!needsKeyframe) {
      needsKeyframe = true;
      asked = false;
    }
    ask();
  }

  private void forget() {
    for (RtpPacket packet : picture) {
      packet.release();
    }
    picture.clear();
    pictureBytes = 0;
  }

  private void ask() {
    if (!asked) {
      asked = true;
      askedAt = now;
      listener.onKeyframeNeeded();
    }
  }

  private void askAgain() {
    if (asked && now - askedAt >= settings.keyframeRetryMillis() * 1_000_000L) {
      askedAt = now;
      listener.onKeyframeNeeded();
    }
  }
}

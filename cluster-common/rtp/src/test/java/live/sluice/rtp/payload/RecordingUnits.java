package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a depacketizer tells. */
final class RecordingUnits implements AccessUnitListener {
  /** One access unit, as it came. */
  record Unit(byte[] bytes, long timestamp, boolean keyframe) {}

  final List<byte[]> configs = new ArrayList<>();
  final List<Unit> units = new ArrayList<>();
  int keyframesNeeded;

  @Override
  public void onConfig(byte[] record) {
    configs.add(record.clone());
  }

  @Override
  public void onAccessUnit(ByteBuf payload, long timestamp, boolean keyframe) {
    units.add(new Unit(ByteBufUtil.getBytes(payload), timestamp, keyframe));
    payload.release();
  }

  @Override
  public void onKeyframeNeeded() {
    keyframesNeeded++;
  }

  List<Long> timestamps() {
    return units.stream().map(Unit::timestamp).toList();
  }

  List<byte[]> bytes() {
    return units.stream().map(Unit::bytes).toList();
  }
}

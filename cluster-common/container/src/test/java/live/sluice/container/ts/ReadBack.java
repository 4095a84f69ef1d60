package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a {@link TsReader} finds in what was written. */
public final class ReadBack implements TsReader.Sink {
  private final TsReader reader = new TsReader(this);
  private final List<Unit> units = new ArrayList<>();
  private final List<Long> clocks = new ArrayList<>();
  private final List<Integer> versions = new ArrayList<>();
  private final Map<Integer, Integer> types = new HashMap<>();

  /** One PES packet. */
  public record Unit(int pid, int streamType, long pts, long dts, boolean randomAccess, byte[] bytes) {
    String hex() {
      return ByteBufUtil.hexDump(bytes);
    }
  }

  /** Reads {@code bytes}, and gives what is at its end as complete. */
  public void read(ByteBuf bytes) {
    feed(bytes.duplicate());
    finish();
  }

  void feed(ByteBuf piece) {
    reader.read(piece);
  }

  void finish() {
    reader.finish();
  }

  public void close() {
    reader.close();
  }

  @Override
  public void onUnit(int pid, int streamType, long pts, long dts, boolean randomAccess, ByteBuf payload) {
    units.add(new Unit(pid, streamType, pts, dts, randomAccess, ByteBufUtil.getBytes(payload)));
  }

  @Override
  public void onClock(int pid, long pcr) {
    clocks.add(pcr / 300);
  }

  @Override
  public void onProgram(int version, Map<Integer, Integer> streamTypeByPid) {
    versions.add(version);
    types.clear();
    types.putAll(streamTypeByPid);
  }

  public List<Unit> video() {
    return units.stream().filter(unit -> unit.pid() == TsTables.VIDEO_PID).toList();
  }

  public List<Unit> audio() {
    return units.stream().filter(unit -> unit.pid() == TsTables.AUDIO_PID).toList();
  }

  public List<Long> clocks() {
    return clocks;
  }

  public List<Integer> versions() {
    return versions;
  }

  public Map<Integer, Integer> types() {
    return types;
  }

  public long errors() {
    return reader.errors();
  }
}

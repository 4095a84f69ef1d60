package live.sluice.rtp.payload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.media.codec.BitReader;
import live.sluice.media.codec.Nal;
import live.sluice.media.codec.Tracks;

/**
 * The parameter sets of a stream of H.264 or HEVC, and the configuration record made of them. A picture that brings a
 * sequence parameter set brings all that it needs: what was known before is then forgotten, kind by kind. Other sets
 * replace the one of their id.
 */
final class ParameterSets {
  /** Largest set in bytes, and most sets of a kind: far more than encoders use. */
  private static final int MOST_BYTES = 4096;

  private static final int MOST_SETS = 16;

  private static final byte[] NONE = {};

  private final Codec codec;
  private final int sequenceType;
  private final Kind[] kinds;
  private boolean changed;
  private byte[] record = NONE;

  /** For H264 or HEVC. */
  ParameterSets(Codec codec) {
    this.codec = codec;
    boolean hevc = codec == Codec.HEVC;
    this.sequenceType = hevc ? Nal.HEVC_SPS : Nal.H264_SPS;
    this.kinds =
        hevc
            ? new Kind[] {new Kind(Nal.HEVC_VPS), new Kind(Nal.HEVC_SPS), new Kind(Nal.HEVC_PPS)}
            : new Kind[] {new Kind(Nal.H264_SPS), new Kind(Nal.H264_PPS)};
  }

  /** Adds a set of the picture that is being put together; one that can't be read, or is too much, is passed over. */
  void add(byte[] nal) {
    int type = nal.length == 0 ? -1 : Nal.type(codec, nal[0] & 0xff);
    for (Kind kind : kinds) {
      if (kind.type == type && nal.length <= MOST_BYTES) {
        kind.add(nal, codec);
      }
    }
  }

  /** Whether there is a new sequence parameter set since the last {@link #commit}. */
  boolean hasNewSequence() {
    for (Kind kind : kinds) {
      if (kind.type == sequenceType) {
        return !kind.fresh.isEmpty();
      }
    }
    return false;
  }

  /** Takes over what was added: the picture is whole. */
  void commit() {
    boolean all = hasNewSequence();
    for (Kind kind : kinds) {
      changed |= kind.commit(all);
    }
  }

  /** Forgets what was added since the last {@link #commit}: the picture was broken. */
  void rollBack() {
    for (Kind kind : kinds) {
      kind.fresh.clear();
    }
  }

  /** The record of the sets there are, the same array while it is the same; empty where none can be made. */
  byte[] record() {
    if (changed) {
      changed = false;
      byte[] made = isComplete() ? made() : NONE;
      record = Arrays.equals(made, record) ? record : made;
    }
    return record;
  }

  private byte[] made() {
    try {
      byte[] made =
          codec == Codec.HEVC
              ? HevcRecord.of(kinds[0].sets(), kinds[1].sets(), kinds[2].sets())
              : AvcRecord.of(kinds[0].sets(), kinds[1].sets());
      return made.length > Tracks.MAX_CONFIG ? NONE : made;
    } catch (SluiceException unreadable) {
      return NONE;
    }
  }

  private boolean isComplete() {
    for (Kind kind : kinds) {
      if (kind.known.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The sets of one NAL unit type. */
  private static final class Kind {
    private final int type;
    private final List<Set> known = new ArrayList<>(1);
    private final List<Set> fresh = new ArrayList<>(1);

    private Kind(int type) {
      this.type = type;
    }

    private void add(byte[] nal, Codec codec) {
      try {
        put(fresh, new Set(idOf(codec, type, nal), nal));
      } catch (SluiceException unreadable) {
        // Costs what refers to it.
      }
    }

    /** Whether anything is other than before; {@code all} where nothing of before holds any longer. */
    private boolean commit(boolean all) {
      if (fresh.isEmpty()) {
        return false;
      }
      boolean differs = all && known.size() != fresh.size();
      for (Set set : fresh) {
        differs |= put(known, set);
      }
      if (all && differs) {
        known.clear();
        known.addAll(fresh);
      }
      fresh.clear();
      return differs;
    }

    private static boolean put(List<Set> sets, Set set) {
      for (int i = 0; i < sets.size(); i++) {
        if (sets.get(i).id == set.id) {
          return !Arrays.equals(sets.set(i, set).nal, set.nal);
        }
      }
      return sets.size() < MOST_SETS && sets.add(set);
    }

    private List<byte[]> sets() {
      List<byte[]> nals = new ArrayList<>(known.size());
      for (Set set : known) {
        nals.add(set.nal);
      }
      return nals;
    }
  }

  private record Set(long id, byte[] nal) {}

  /** The set's own id: H.264 sections 7.3.2.1.1 and 7.3.2.2, H.265 sections 7.3.2.1 to 7.3.2.3. */
  private static long idOf(Codec codec, int type, byte[] nal) {
    if (codec == Codec.H264) {
      BitReader in = BitReader.ofNal(nal, 1);
      if (type == Nal.H264_SPS) {
        in.skip(24);
      }
      return in.ue(255);
    }
    BitReader in = BitReader.ofNal(nal, 2);
    return switch (type) {
      case Nal.HEVC_VPS -> in.number(4);
      case Nal.HEVC_SPS -> HevcRecord.Sequence.parse(nal).id();
      default -> in.ue(63);
    };
  }
}

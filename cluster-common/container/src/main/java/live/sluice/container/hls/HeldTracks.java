package live.sluice.container.hls;

import java.util.Arrays;
import live.sluice.container.ts.TsMuxer;
import live.sluice.media.MediaKind;
import live.sluice.media.StreamKey;
import live.sluice.media.Track;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tracks of a source that its segments hold; one that a transport stream can't hold is left out, which is told once
 * for each. Confined to the packager's lock.
 */
final class HeldTracks {
  private static final Logger LOG = LoggerFactory.getLogger(HeldTracks.class);

  private final StreamKey key;
  private @Nullable Track video;
  private @Nullable Track audio;

  // The last ones looked at, whether a segment can hold them or not.
  private @Nullable Track seenVideo;
  private @Nullable Track seenAudio;
  private boolean changed;

  HeldTracks(StreamKey key) {
    this.key = key;
  }

  /** Another source: nothing is known of its tracks. */
  void reset() {
    video = null;
    audio = null;
    seenVideo = null;
    seenAudio = null;
    changed = true;
  }

  /** Learns what a track is like from now on; says whether that changes what segments hold. */
  boolean learn(@Nullable Track track) {
    boolean picture = track != null && track.kind() == MediaKind.VIDEO;
    if (track == null || track == (picture ? seenVideo : seenAudio)) {
      return false;
    }
    Track known = held(track.kind());
    Track next = TsMuxer.supports(track) ? track : null;
    boolean same =
        (known == null || next == null)
            ? known == next
            : known.codec() == next.codec() && Arrays.equals(known.config(), next.config());
    if (picture) {
      seenVideo = track;
      video = next;
    } else {
      seenAudio = track;
      audio = next;
    }
    changed |= !same;
    if (next == null) {
      LOG.info("HLS of {} is without {}: a transport stream can't hold it", key, track.codec().label());
    }
    return !same;
  }

  /** Whether there is a track of that kind, pictures or sound, that segments hold. */
  boolean holds(MediaKind kind) {
    return held(kind) != null;
  }

  boolean isEmpty() {
    return video == null && audio == null;
  }

  /** Tells the muxer of the tracks, where they changed since it was told. */
  void tell(TsMuxer muxer) {
    if (changed) {
      muxer.tracks(video, audio);
      changed = false;
    }
  }

  private @Nullable Track held(MediaKind kind) {
    return kind == MediaKind.VIDEO ? video : audio;
  }
}

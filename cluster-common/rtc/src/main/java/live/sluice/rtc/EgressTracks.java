package live.sluice.rtc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpHistory;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpReader;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/**
 * The tracks that one player takes: which of the source's they are, which simulcast layer of each it gets, and the
 * keyframes that they wait for. On the player's loop.
 */
final class EgressTracks {
  private static final long ASK_NANOS = 400_000_000;

  private final RtpStream stream;
  private final EgressTrack[] tracks;
  private final @Nullable String pinned;
  private final int wantedLayers;
  private @Nullable LayerChooser layers;
  private long askedNanos;

  /**
   * Those of a player that has not joined yet.
   *
   * @param pinned the simulcast layer that it is to get, or the best below it as long as the publisher does not send that;
   *     null for the best that gets through
   */
  EgressTracks(RtpStream stream, List<EgressTrack> tracks, @Nullable String pinned) {
    this.stream = stream;
    this.tracks = tracks.toArray(new EgressTrack[0]);
    this.pinned = pinned;
    this.layers = chooser();
    this.wantedLayers = pinned == null ? RtpReader.ALL_LAYERS : upToWanted();
  }

  /** Those below the one that is wanted too: they are what it falls back to. */
  private int upToWanted() {
    int mask = 1;
    for (EgressTrack track : tracks) {
      mask |= (2 << track.wantedLayer()) - 1;
    }
    return mask;
  }

  private @Nullable LayerChooser chooser() {
    for (EgressTrack track : tracks) {
      if (track.track().layers().size() > 1) {
        return new LayerChooser(track.wantedLayer());
      }
    }
    return null;
  }

  /** All of them; not to be changed. */
  EgressTrack[] all() {
    return tracks;
  }

  /** The source's tracks that they are. */
  List<RtpTrack> sources() {
    return Arrays.stream(tracks).map(EgressTrack::track).toList();
  }

  /** The simulcast layers that the player may have a use for, bit n for layer n. */
  int wantedLayers() {
    return wantedLayers;
  }

  /** The one that a packet belongs to; null where the player does not take it. */
  @Nullable EgressTrack of(RtpPacket packet) {
    for (EgressTrack track : tracks) {
      if (track.track().index() == packet.track().index()) {
        return track;
      }
    }
    return null;
  }

  // ---- the source ----

  void joined(RtpHistory history, long nowNanos) {
    askedNanos = nowNanos;
    adopt(stream.tracks());
    for (EgressTrack track : tracks) {
      track.joined(history);
      if (track.track().kind() == MediaKind.VIDEO && track.wantedLayer() > 0) {
        stream.requestKeyframe(track.wantedLayer());
      }
    }
  }

  /** Another source: it may have its tracks at other places, and with other layers. */
  void sourceChanged() {
    for (EgressTrack track : tracks) {
      track.sourceChanged();
    }
    adopt(stream.tracks());
  }

  private void adopt(List<RtpTrack> now) {
    List<RtpTrack> left = new ArrayList<>(now);
    for (EgressTrack track : tracks) {
      for (RtpTrack each : left) {
        if (each.codec() == track.track().codec()) {
          left.remove(each);
          if (!each.equals(track.track())) {
            track.adopt(each);
            track.want(PlayPlan.layer(each, pinned));
          }
          break;
        }
      }
    }
    layers = chooser();
  }

  /** These come at one moment. */
  void together(RtpPacket[] packets, int count) {
    for (EgressTrack track : tracks) {
      track.together(packets, count);
    }
  }

  // ---- layers and keyframes ----

  /** A packet of a picture passed by, sent or not. */
  void seen(RtpPacket packet) {
    LayerChooser chooser = layers;
    if (chooser != null) {
      chooser.seen(packet);
    }
  }

  /**
   * Chooses the layers to want from now on; to be called some times a second.
   *
   * @param bitsPerSecond estimate of the player's bandwidth, or {@link LayerChooser#ANY_BANDWIDTH}
   */
  void choose(long bitsPerSecond, long nowNanos) {
    LayerChooser chooser = layers;
    if (chooser == null) {
      return;
    }
    long bandwidth = pinned == null ? bitsPerSecond : LayerChooser.ANY_BANDWIDTH;
    for (EgressTrack track : tracks) {
      if (track.track().layers().size() > 1) {
        int chosen = chooser.choose(track.wantedLayer(), bandwidth, nowNanos);
        if (chosen != track.wantedLayer()) {
          track.want(chosen);
        }
      }
    }
  }

  /** Pictures were left out: they go on at a keyframe. */
  void restart() {
    for (EgressTrack track : tracks) {
      if (track.track().kind() == MediaKind.VIDEO) {
        track.restart();
        stream.requestKeyframe(track.wantedLayer());
      }
    }
  }

  /** A request, or the keyframe, may be lost, and who has got no picture yet can't ask for one: asked until it came. */
  void askForKeyframes(long nowNanos) {
    if (nowNanos - askedNanos < ASK_NANOS) {
      return;
    }
    askedNanos = nowNanos;
    for (EgressTrack track : tracks) {
      if (track.track().kind() == MediaKind.VIDEO && track.waits()) {
        stream.requestKeyframe(track.wantedLayer());
      }
    }
  }
}

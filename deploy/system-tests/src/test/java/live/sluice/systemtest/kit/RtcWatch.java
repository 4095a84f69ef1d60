package live.sluice.systemtest.kit;

import java.util.List;

/**
 * What a WebRTC session did in a span of time.
 *
 * @param before what it told at its beginning
 * @param after what it told at its end
 * @param lips how much later beeps were heard than flashes were seen, see {@link RtcPage#lips}
 * @param reported how much later sound was played than the picture captured with it, as the browser computes it from
 *     sender reports, some times a second
 */
public record RtcWatch(RtcStats before, RtcStats after, List<Double> lips, List<Double> reported) {

  /** Keeps the lists as they are now. */
  public RtcWatch {
    lips = List.copyOf(lips);
    reported = List.copyOf(reported);
  }

  /** By how much a number grew. */
  public double grew(String name) {
    return after.number(name) - before.number(name);
  }

  /** How long it was. */
  public double seconds() {
    return grew("at") / 1000;
  }

  /** Pictures decoded. */
  public double decoded() {
    return grew("video.framesDecoded");
  }

  /** Freezes, as the browser counts them. */
  public double freezes() {
    return grew("video.freezeCount");
  }

  /** Pictures sent. */
  public double sent() {
    return grew("out.video.framesSent");
  }

  /** Share of the sound that was made up, since what should have been played had not come. */
  public double concealed() {
    double all = grew("audio.totalSamplesReceived");
    return all <= 0 ? 1 : (grew("audio.concealedSamples") - grew("audio.silentConcealedSamples")) / all;
  }

  /** How much later beeps were heard than flashes were seen, in ms: the median; NaN without any. */
  public double lipsSeen() {
    return Lips.median(lips);
  }

  /** How much later the sound was played than its picture, by sender reports, in ms: the median; NaN without any. */
  public double lipsReported() {
    return Lips.median(reported);
  }

  /** What a person wants to know of a player. */
  public String player() {
    String picture = "%.1f s: decoded %.0f (%.1f/s, %s), freezes %.0f (%.0f ms), longest gap %.0f ms".formatted(seconds(),
        decoded(), decoded() / seconds(), after.text("video.codec"), freezes(),
        1000 * grew("video.totalFreezesDuration"), after.number("gapMs"));
    String network = ", lost %.0f+%.0f, nack %.0f, pli %.0f, again %.0f, buffer %.0f ms, %.0f kb/s".formatted(
        grew("video.packetsLost"), grew("audio.packetsLost"), grew("video.nackCount"), grew("video.pliCount"),
        grew("video.retransmittedPacketsReceived"),
        1000 * grew("video.jitterBufferDelay") / Math.max(1, grew("video.jitterBufferEmittedCount")),
        grew("video.bytesReceived") / 125 / seconds());
    String sound = ", concealed %.2f %%, lips %.0f ms by reports, %.0f ms seen (%d)".formatted(100 * concealed(),
        lipsReported(), lipsSeen(), lips.size());
    return picture + network + sound;
  }

  /** What a person wants to know of a publisher. */
  public String publisher() {
    return "%.1f s: sent %.0f (%.1f/s, %s %dx%d), keyframes %.0f, lost %.0f, nack %.0f, pli %.0f, again %.0f, ".formatted(
        seconds(), sent(), sent() / seconds(), after.text("out.video.codec"), after.count("out.video.frameWidth"),
        after.count("out.video.frameHeight"), grew("out.video.keyFramesEncoded"), grew("remote.video.packetsLost"),
        grew("out.video.nackCount"), grew("out.video.pliCount"), grew("out.video.retransmittedPacketsSent"))
        + "%.0f kb/s of %.0f, rtt %.1f ms, lips %.0f ms seen".formatted(grew("out.video.bytesSent") / 125 / seconds(),
            after.number("pair.availableOutgoingBitrate") / 1000, 1000 * after.number("pair.currentRoundTripTime"),
            lipsSeen());
  }
}

package live.sluice.systemtest.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page publishes.
 *
 * @param codec H264, VP8, VP9 or AV1
 * @param width of the picture
 * @param height of the picture
 * @param fps pictures a second
 * @param bitrate most kb/s of the picture
 * @param audio whether with sound
 * @param camera the browser's fake camera and microphone; false: a picture whose corner is lit once a second, with a beep
 * @param layers widths of simulcast layers are the full one divided by these; empty: no simulcast
 */
public record RtcSource(
    String codec, int width, int height, int fps, int bitrate, boolean audio, boolean camera, List<Integer> layers) {

  /** Keeps the list as it is now. */
  public RtcSource {
    layers = List.copyOf(layers);
  }

  /** Flashes and beeps, 480x270 at 30 a second and 600 kb/s: what two cores encode in every codec, and decode twice. */
  public static RtcSource of(String codec) {
    return new RtcSource(codec, 480, 270, 30, 600, true, false, List.of());
  }

  /** The same from the fake camera. */
  public RtcSource fromCamera() {
    return new RtcSource(codec, 640, 480, fps, bitrate, audio, true, layers);
  }

  /** The same with a layer for each divisor, named {@code l0}, {@code l1} and so on, the smallest first. */
  public RtcSource simulcast(int full, Integer... divisors) {
    return new RtcSource(codec, full, full * 9 / 16, fps, bitrate, audio, camera, List.of(divisors));
  }

  /** The same with so many pictures a second. */
  public RtcSource at(int picturesPerSecond) {
    return new RtcSource(codec, width, height, picturesPerSecond, bitrate, audio, camera, layers);
  }

  Map<String, Object> options() {
    Map<String, Object> options = new HashMap<>(Map.of("codec", codec, "width", width, "height", height, "fps", fps,
        "bitrate", bitrate, "audio", audio, "camera", camera));
    if (!layers.isEmpty()) {
      List<Map<String, Object>> encodings = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        encodings.add(Map.of("rid", "l" + i, "scaleResolutionDownBy", layers.get(i),
            "maxBitrate", bitrate * 1000 / layers.get(i) / layers.get(i)));
      }
      options.put("layers", encodings);
    }
    return options;
  }
}

package live.sluice.bridge.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import live.sluice.media.SluiceException;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/**
 * FFmpeg's libraries, unpacked and loaded once in a process, by the first who needs them: it takes up to 0.6 s and 43
 * MB on disk. No class that stands on them may be touched before {@link #load}.
 */
public final class NativeLibraries {
  private NativeLibraries() {}

  /**
   * Loads them; later calls do nothing. Any thread but an event loop's.
   *
   * @param folder where they are unpacked
   * @throws SluiceException NOT_SUPPORTED where there is no such folder
   * @throws LinkageError when there are none for this machine
   */
  public static synchronized void load(NativeFolder folder) {
    setIfAbsent("org.bytedeco.javacpp.cachedir", folder.path().toString());
    // JavaCPP would collect garbage, and then throw, once the process is larger than the heap is allowed to be.
    setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    Loader.load(avutil.class);
    Loader.load(swresample.class);
    Loader.load(swscale.class);
    Loader.load(avcodec.class);
    // What it says of every broken packet of a publisher is for nobody.
    av_log_set_level(AV_LOG_QUIET);
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}

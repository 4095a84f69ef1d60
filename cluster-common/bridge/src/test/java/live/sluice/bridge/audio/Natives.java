package live.sluice.bridge.audio;

import java.nio.file.Path;
import live.sluice.bridge.ffmpeg.NativeFolder;
import live.sluice.bridge.ffmpeg.NativeLibraries;
import live.sluice.media.testing.Await;

/** Where tests have the libraries unpacked. */
public final class Natives {
  /** Within the module's build directory, so that nothing is left elsewhere. */
  public static final NativeFolder CACHE = NativeFolder.within(Path.of("target").toAbsolutePath());

  private Natives() {}

  /** Loads them. */
  public static void load() {
    NativeLibraries.load(CACHE);
  }

  /** Closes an engine, and waits until its threads have handed out what they had. */
  public static void end(AudioEngine engine) {
    engine.close();
    Await.until("the engine's threads ended", engine::isOver);
  }
}

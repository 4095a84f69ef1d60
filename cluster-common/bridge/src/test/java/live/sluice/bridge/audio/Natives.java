package live.sluice.bridge.audio;

import java.nio.file.Path;

/** Where tests have the libraries unpacked. */
public final class Natives {
  /** Within the module's build directory, so that nothing is left elsewhere. */
  public static final Path CACHE = Path.of("target", "natives").toAbsolutePath();

  private Natives() {}

  /** Loads them. */
  public static void load() {
    NativeLibraries.load(CACHE);
  }
}

package live.sluice.media.testing;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Puts the recording leak detector in place before any test class is loaded. */
public final class LeakDetection implements LauncherSessionListener {
  /** Made by JUnit. */
  public LeakDetection() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    RecordingLeakDetector.install();
  }
}

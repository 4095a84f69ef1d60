package live.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps packages from starting their services while they are installed, by Debian's policy-rc.d. Its file goes when this
 * is closed, or when a signal ends the command; what a killed command left behind is recognized by its mark, and goes
 * with the next one. A file of somebody else stays as it is.
 */
final class ServiceHold implements AutoCloseable {
  static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

  /** The script sluice in the checkout writes the same line. */
  static final String MARK = "# Written by sluice while it installs packages.";

  private final Path file;
  private final Thread remover = new Thread(this::remove, "remove policy-rc.d");

  private ServiceHold(Path file) {
    this.file = file;
  }

  /** Begins to hold services back, where this user may and nobody else does it already. */
  static ServiceHold at(Path file) {
    ServiceHold hold = new ServiceHold(file);
    // Before the file is there, so that no signal comes between.
    Runtime.getRuntime().addShutdownHook(hold.remover);
    hold.write();
    return hold;
  }

  private void write() {
    try {
      if (!Files.exists(file) || isOurs()) {
        Files.writeString(file, "#!/bin/sh\n" + MARK + "\nexit 101\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    } catch (IOException e) {
      // Then services start, as they do for everybody else who installs; that is no reason not to install.
      remove();
    }
  }

  private boolean isOurs() throws IOException {
    return Files.exists(file) && Files.readString(file).contains(MARK);
  }

  private void remove() {
    try {
      if (isOurs()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new LaunchException("remove " + file + ", which holds back the start of services", e);
    }
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(remover);
    } catch (IllegalStateException ending) {
      // The hook runs already, and finds nothing to remove.
    }
  }
}

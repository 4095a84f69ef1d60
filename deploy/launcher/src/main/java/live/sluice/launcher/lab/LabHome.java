package live.sluice.launcher.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import live.sluice.launcher.Home;
import live.sluice.launcher.Installation;
import live.sluice.launcher.LaunchException;

/** The directory in which the state of one laboratory lies. */
final class LabHome extends Home<LabState> {
  /** What belongs to the machine and not to a checkout: two checkouts may not take the same addresses. */
  private static final Path MACHINE = Path.of("/run/sluice-lab");

  private final String name;

  /** Takes the laboratory's name. */
  LabHome(String name) {
    super(Installation.checkout().resolve(".sluice").resolve("lab-" + name), "lab.json", LabState.class);
    LabPlan.checkName(name);
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Returns the socket that the delay line answers on; short, since the path of such a socket may have 107 bytes. */
  Path socket() {
    return MACHINE.resolve(name + ".sock");
  }

  /** Returns what must be added to a command line so that it means this laboratory. */
  String argument() {
    return name.equals(LabOption.DEFAULT) ? "" : " --name " + name;
  }

  /**
   * Returns what runs.
   *
   * @throws LaunchException when nothing does
   */
  LabState running() {
    return read()
        .orElseThrow(
            () -> new LaunchException("no laboratory " + name + " is up here; start one by ./sluice lab up" + argument()));
  }

  /** Changes what is known, with no other command in between. */
  LabState update(UnaryOperator<LabState> change) {
    try (FileChannel channel = FileChannel.open(directory().resolve("update.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      LabState changed = change.apply(running());
      if (lock.isValid()) {
        write(changed);
      }
      return changed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes everything that was written. */
  void deleteAll() {
    try {
      Files.deleteIfExists(socket());
    } catch (IOException e) {
      throw new LaunchException("cannot remove " + socket() + ": " + e.getMessage(), e);
    }
    delete();
  }

  /** Takes the right to choose addresses on this machine; waits for whoever has it. */
  static FileChannel lockMachine() {
    try {
      Files.createDirectories(MACHINE);
      FileChannel channel = FileChannel.open(MACHINE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return channel;
    } catch (IOException e) {
      throw new LaunchException("cannot write in " + MACHINE + ": " + e.getMessage(), e);
    }
  }
}

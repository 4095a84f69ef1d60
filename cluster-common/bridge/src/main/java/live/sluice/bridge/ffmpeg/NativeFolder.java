package live.sluice.bridge.ffmpeg;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that native libraries are unpacked to and loaded from. Whoever can write to it can run code as this
 * process: so it is nobody else's, or it is not used. It is made by the first who needs it, so that a node with a
 * temporary folder that can't be written to still does all that needs none. Thread-safe.
 */
public final class NativeFolder {
  private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);
  private static final String NAME = "sluice-natives";
  private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path parent;
  private @Nullable Path made;

  private NativeFolder(Path parent) {
    this.parent = parent;
  }

  /** The one within {@code parent}; nothing is made yet. */
  public static NativeFolder within(Path parent) {
    return new NativeFolder(parent);
  }

  /**
   * The one of this user, found again by the next start; a new one where that has got into other hands. Blocks, the first
   * time and for as long as none can be made.
   *
   * @throws SluiceException NOT_SUPPORTED where none can be made
   */
  public synchronized Path path() {
    Path known = made;
    if (known == null) {
      known = make();
      made = known;
    }
    return known;
  }

  private Path make() {
    try {
      Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      Path folder = parent.resolve(NAME + "-" + user);
      try {
        return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
      } catch (FileAlreadyExistsException e) {
        if (isPrivate(folder, user)) {
          return folder;
        }
      }
      Path other = Files.createTempDirectory(parent, NAME);
      LOG.warn("{} is not this user's alone: native libraries are unpacked to {} instead", folder, other);
      return other;
    } catch (IOException e) {
      throw new SluiceException(
          ErrorCode.NOT_SUPPORTED,
          "can't make a folder for FFmpeg's libraries in " + parent + " (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }

  private static boolean isPrivate(Path folder, Object user) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && user.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))
        && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).stream().noneMatch(FOREIGN_WRITE::contains);
  }
}

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that native libraries are unpacked to and loaded from. Whoever can write to it can run code as this
 * process: so it is nobody else's, or it is not used.
 */
public final class NativeFolder {
  private static final Logger LOG = LoggerFactory.getLogger(NativeFolder.class);
  private static final String NAME = "sluice-natives";
  private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private NativeFolder() {}

  /**
   * The one of this user within {@code parent}, found again by the next start; a new one where that has got into other
   * hands.
   *
   * @throws SluiceException CONFIG_INVALID where none can be made
   */
  public static Path within(Path parent) {
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
          ErrorCode.CONFIG_INVALID, "can't make a folder for native libraries in " + parent, e);
    }
  }

  private static boolean isPrivate(Path folder, Object user) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && user.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))
        && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).stream().noneMatch(FOREIGN_WRITE::contains);
  }
}

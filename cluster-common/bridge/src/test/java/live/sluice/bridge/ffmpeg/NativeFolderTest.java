package live.sluice.bridge.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
  @TempDir private Path parent;

  @Test
  void isOfThisUserAloneAndFoundAgain() throws IOException {
    Path folder = NativeFolder.within(parent);

    assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(NativeFolder.within(parent)).isEqualTo(folder);
  }

  @Test
  void isAnotherOneWhereOthersMayWrite() throws IOException {
    Path folder = NativeFolder.within(parent);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    Path other = NativeFolder.within(parent);

    assertThat(other).isNotEqualTo(folder);
    assertThat(Files.getPosixFilePermissions(other)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void isAnotherOneWhereALinkStands() throws IOException {
    Path folder = NativeFolder.within(parent);
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.delete(folder);
    Files.createSymbolicLink(folder, elsewhere);

    assertThat(NativeFolder.within(parent).toRealPath()).isNotEqualTo(elsewhere.toRealPath());
  }

  @Test
  void aParentThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> NativeFolder.within(parent.resolve("nowhere")))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("nowhere");
  }
}

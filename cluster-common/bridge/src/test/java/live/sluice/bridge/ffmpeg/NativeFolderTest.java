package live.sluice.bridge.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
  @TempDir private Path parent;

  @Test
  void isOfThisUserAloneAndFoundAgain() throws IOException {
    Path folder = NativeFolder.within(parent).path();

    assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(NativeFolder.within(parent).path()).isEqualTo(folder);
  }

  @Test
  void isAnotherOneWhereOthersMayWrite() throws IOException {
    Path folder = NativeFolder.within(parent).path();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    Path other = NativeFolder.within(parent).path();

    assertThat(other).isNotEqualTo(folder);
    assertThat(Files.getPosixFilePermissions(other)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void isAnotherOneWhereALinkStands() throws IOException {
    Path folder = NativeFolder.within(parent).path();
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.delete(folder);
    Files.createSymbolicLink(folder, elsewhere);

    assertThat(NativeFolder.within(parent).path().toRealPath()).isNotEqualTo(elsewhere.toRealPath());
  }

  @Test
  void aParentThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> NativeFolder.within(parent.resolve("nowhere")).path())
        .isInstanceOfSatisfying(SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
        .hasMessageContaining("nowhere");
  }

  @Test
  void isMadeAsSoonAsItCanBe() throws IOException {
    NativeFolder folder = NativeFolder.within(parent.resolve("later"));
    assertThatThrownBy(folder::path).isInstanceOf(SluiceException.class);
    Files.createDirectory(parent.resolve("later"));

    assertThat(folder.path()).isDirectory().isEqualTo(folder.path());
  }
}

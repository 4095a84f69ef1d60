package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import live.sluice.systemtest.kit.Distribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What others get: with nothing in it that they may not pass on as they like. */
@Tag("sharing")
class DistributionIT {

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void ffmpegIsThereForThisPlatformAloneAndUnderTheLgpl() throws IOException {
    List<String> libraries =
        names(Distribution.folder().resolve("lib")).stream().filter(name -> name.matches("(ffmpeg|javacpp)-.*")).toList();
    assertThat(libraries).hasSize(4).noneMatch(name -> name.contains("gpl"));
    assertThat(libraries).filteredOn(name -> name.endsWith("-linux-x86_64.jar")).hasSize(2);
  }

  @Test
  void theLicencesOfWhatIsInItAreBesideIt() throws IOException {
    assertThat(names(Distribution.folder())).contains("LICENSE", "THIRD-PARTY.txt", "licences");
    assertThat(names(Distribution.folder().resolve("licences"))).contains("FFmpeg.txt", "GPL-3.0.txt", "LGPL-3.0.txt", "kwik-media");
    assertThat(names(Distribution.folder().resolve("licences/kwik-media"))).contains("NOTICE", "src");
    String thirdParty = Files.readString(Distribution.folder().resolve("THIRD-PARTY.txt"));
    assertThat(thirdParty).contains("org.bytedeco:ffmpeg:", "org.bytedeco:javacpp:", "org.bouncycastle:bctls-jdk18on:");
  }
}

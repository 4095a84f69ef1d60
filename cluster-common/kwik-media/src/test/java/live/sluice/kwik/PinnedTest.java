package live.sluice.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import tech.kwik.agent15.engine.TlsClientEngine;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.cc.NewRenoCongestionController;
import tech.kwik.core.send.SendRequestQueue;

/** Kwik is the one that the two classes were written for. Another one needs a look at each test of this module. */
class PinnedTest {
  private static final String KWIK = "7a9d0693a67f3eefa543551898359c736afd298c48d0a4eac72d5822a27dea14";

  @Test
  void kwikIsTheVersionThatIsReplacedHere() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar("kwik-")));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(KWIK);
    assertThat(jar("agent15-").getFileName()).hasToString("agent15-3.1.jar");
    assertThat(TlsClientEngine.class).isNotNull();
  }

  @Test
  void itsClassesAreHereAndTheTwoAreOurs() throws Exception {
    for (Class<?> type : new Class<?>[] {QuicConnection.class, SendRequestQueue.class, NewRenoCongestionController.class}) {
      Path home = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      assertThat(home).isEqualTo(Path.of(MediaQueue.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
    try (ZipFile kwik = new ZipFile(jar("kwik-").toFile())) {
      for (String name : new String[] {"send/SendRequestQueue", "cc/NewRenoCongestionController"}) {
        ZipEntry entry = kwik.getEntry("tech/kwik/core/" + name + ".class");
        assertThat(entry).as("kwik has a class to be replaced: %s", name).isNotNull();
        try (InputStream theirs = kwik.getInputStream(entry);
            InputStream ours = QuicConnection.class.getResourceAsStream("/tech/kwik/core/" + name + ".class")) {
          assertThat(ours.readAllBytes()).isNotEqualTo(theirs.readAllBytes());
        }
      }
    }
  }

  private static Path jar(String prefix) {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().startsWith(prefix) && path.toString().endsWith(".jar"))
        .findFirst()
        .orElseThrow();
  }
}

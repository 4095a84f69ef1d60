package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceHoldTest {
  @TempDir private Path directory;

  private Path policy;

  @BeforeEach
  void aPlaceForThePolicy() {
    policy = directory.resolve("policy-rc.d");
  }

  @Test
  void thePolicyForbidsServicesUntilTheHoldIsClosed() throws IOException {
    try (ServiceHold _ = ServiceHold.at(policy)) {
      assertThat(policy).isExecutable().content().startsWith("#!/bin/sh\n").endsWith("exit 101\n");
    }
    assertThat(policy).doesNotExist();
  }

  @Test
  void whatAKilledCommandLeftBehindIsRemoved() throws IOException {
    Files.writeString(policy, "#!/bin/sh\n" + ServiceHold.MARK + "\nexit 101\n");
    try (ServiceHold _ = ServiceHold.at(policy)) {
      assertThat(policy).exists();
    }
    assertThat(policy).doesNotExist();
  }

  @Test
  void aPolicyOfSomebodyElseStaysAsItIs() throws IOException {
    Files.writeString(policy, "#!/bin/sh\nexit 0\n");
    try (ServiceHold _ = ServiceHold.at(policy)) {
      assertThat(policy).hasContent("#!/bin/sh\nexit 0\n");
    }
    assertThat(policy).hasContent("#!/bin/sh\nexit 0\n");
  }

  @Test
  void theScriptKnowsTheSameMark() throws IOException {
    Path script = Path.of("../../sluice");
    assertThat(Files.readString(script)).contains("service_mark='" + ServiceHold.MARK + "'");
  }
}

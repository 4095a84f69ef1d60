package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
  @TempDir private Path directory;

  @Test
  void aProcessIsAliveUntilItIsStopped() {
    ProcessIdentity process = sleeper("exec sleep 60");
    assertThat(process.isAlive()).isTrue();
    Processes.stop(List.of(process), Duration.ofSeconds(5));
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void anotherProcessOfTheSameNumberIsNotTakenForIt() {
    ProcessIdentity process = sleeper("exec sleep 60");
    ProcessIdentity recycled = new ProcessIdentity(process.pid(), process.started() - 1);
    assertThat(recycled.isAlive()).isFalse();
    Processes.stop(List.of(recycled), Duration.ofSeconds(1));
    assertThat(process.isAlive()).isTrue();
    Processes.stop(List.of(process), Duration.ofSeconds(5));
  }

  @Test
  void childrenAreStoppedWithTheirParent() throws IOException {
    ProcessIdentity process = sleeper("sleep 60 & wait");
    Await.until("the child runs", () -> process.handle().orElseThrow().children().findAny().isPresent());
    ProcessIdentity child = ProcessIdentity.of(process.handle().orElseThrow().children().findAny().orElseThrow().pid());
    Processes.stop(List.of(process), Duration.ofSeconds(5));
    Await.until("the child has gone", () -> !child.isAlive());
  }

  @Test
  void aProcessThatHeedsNoSignalIsKilled() {
    ProcessIdentity process = sleeper("trap '' TERM; while :; do sleep 0.1; done");
    Processes.stop(List.of(process), Duration.ofMillis(200));
    assertThat(process.isAlive()).isFalse();
  }

  private ProcessIdentity sleeper(String script) {
    return Processes.start(List.of("sh", "-c", script), directory, directory.resolve("log"), Map.of());
  }
}

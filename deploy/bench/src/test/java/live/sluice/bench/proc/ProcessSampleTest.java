package live.sluice.bench.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;
import org.junit.jupiter.api.Test;

class ProcessSampleTest {
  @Test
  void the_name_of_a_thread_may_hold_blanks_and_parentheses() {
    ThreadTime thread =
        ProcFile.parseStat(7, "7 (a (b) c) S 1 7 7 0 -1 4194560 100 0 0 0 31 12 0 0 20 0 1 0 100 1000 10");

    assertThat(thread.name()).isEqualTo("a (b) c");
    assertThat(thread.cpu()).isEqualTo(new CpuTime(310_000_000, 120_000_000));
  }

  @Test
  void memory_is_told_in_bytes() {
    assertThat(ProcFile.kilobytes("Rss:  200 kB\nPss:                 123 kB\nPss_Dirty: 7 kB\n", "Pss:"))
        .isEqualTo(123 * 1024);
    assertThat(ProcFile.kilobytes("Rss:  200 kB\n", "Pss:")).isZero();
  }

  @Test
  void a_process_that_works_is_seen_working_with_its_thread_and_its_children() throws IOException {
    // The loop runs in a child of the process that is measured.
    Process parent = new ProcessBuilder("sh", "-c", "sh -c 'while :; do :; done' & wait").start();
    try {
      ProcessSample first = ProcessSample.of(parent.pid());
      ProcessUse use = ProcessSample.of(parent.pid()).since(first);
      long begun = System.nanoTime();
      while (use.cpu().totalNanos() < 50_000_000 && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(20)) {
        use = ProcessSample.of(parent.pid()).since(first);
      }

      assertThat(use.cpu().totalNanos()).isGreaterThanOrEqualTo(50_000_000);
      assertThat(use.threads().getFirst().cpu().totalNanos()).isGreaterThanOrEqualTo(30_000_000);
      assertThat(use.threads().getFirst().name()).isEqualTo("sh");
      assertThat(use.memory().rss()).isGreaterThan(100_000);
    } finally {
      parent.descendants().forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly();
    }
  }

  @Test
  void a_process_that_does_not_run_is_told() {
    assertThatThrownBy(() -> ProcessSample.of(Integer.MAX_VALUE))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("no process");
  }
}

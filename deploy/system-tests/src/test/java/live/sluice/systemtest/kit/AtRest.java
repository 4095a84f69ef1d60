package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a node holds.
 *
 * @param pid its process
 * @param heap bytes of the heap after a collection
 * @param direct bytes of direct memory
 * @param threads platform threads
 * @param files open files
 */
public record AtRest(long pid, long heap, long direct, long threads, long files) {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** What a node of a laboratory holds now. */
  public static AtRest of(Lab lab, Laboratory regions, String node) {
    long pid = regions.pid(node);
    Api api = regions.api(node);
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int i = 0; i < 2; i++) {
      Proc.run(lab.file("gc.log"), SOON, List.of(jcmd, "" + pid, "GC.run"), Map.of());
    }
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + pid, "fd"))) {
      return new AtRest(pid, (long) api.metric("jvm_memory_used_bytes", "area=\"heap\""),
          (long) api.metric("sluice_direct_memory_bytes"), (long) api.metric("jvm_threads_live_threads"), open.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

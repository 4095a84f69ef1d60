package live.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, read without reading all of it. */
public final class LogTail {
  private static final int BYTES_PER_LINE = 400;

  private LogTail() {}

  /** Returns up to {@code count} last lines; none where there is no such file. */
  public static List<String> lines(Path log, int count) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - (long) count * BYTES_PER_LINE);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> lines = new String(bytes, UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException absent) {
      return List.of();
    }
  }
}

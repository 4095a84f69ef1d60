package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a file holds, as ffmpeg sees it: for each picture the hash of it decoded, for each audio packet the hash of its
 * bytes (decoded sound depends on what came before, so that a player that joins late hears other samples at first), with
 * presentation times.
 *
 * @param video decoded pictures in order of presentation
 * @param audio audio packets, without ADTS headers
 */
public record FrameHashes(List<Entry> video, List<Entry> audio) {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * A picture or a packet.
   *
   * @param seconds presentation time
   * @param hash MD5
   */
  public record Entry(double seconds, String hash) {}

  /** Reads {@code file}; {@code clip} tells which tracks it should have. */
  public static FrameHashes of(Path file, Clip clip) {
    Path video = sibling(file, ".video.md5");
    Path audio = sibling(file, ".audio.md5");
    boolean ts = file.toString().endsWith(".ts");
    List<String> command = new ArrayList<>(List.of("-copyts", "-i", file.toString()));
    if (clip.hasVideo()) {
      // By default its clock would tick once a picture, and a start between two ticks be up to half a picture off.
      command.addAll(List.of("-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", "demux",
          "-f", "framemd5", video.toString()));
    }
    if (clip.hasAudio()) {
      command.addAll(List.of("-map", "0:a:0", "-c:a", "copy"));
      if (ts && clip != Clip.MP3) {
        command.addAll(List.of("-bsf:a", "aac_adtstoasc"));
      }
      command.addAll(List.of("-f", "framemd5", audio.toString()));
    }
    Ffmpeg.run(sibling(file, ".md5.log"), LIMIT, command);
    return new FrameHashes(
        clip.hasVideo() ? parse(video) : List.of(), clip.hasAudio() ? parse(audio) : List.of());
  }

  /**
   * Where {@code received} stands in {@code sent}, when it is a gap-free run of it.
   *
   * @throws AssertionError that says what is missing or wrong
   */
  public static int run(String what, List<Entry> sent, List<Entry> received) {
    List<String> all = sent.stream().map(Entry::hash).toList();
    List<String> part = received.stream().map(Entry::hash).toList();
    if (part.isEmpty()) {
      throw new AssertionError(what + ": nothing was received");
    }
    int start = Collections.indexOfSubList(all, part);
    if (start < 0) {
      throw new AssertionError(what + ": " + part.size() + " received are no gap-free run of " + all.size()
          + " sent: " + explain(all, part));
    }
    return start;
  }

  /** The greatest distance in seconds by which the times of a run drift from those sent, after one common shift. */
  public static double jitter(List<Entry> sent, List<Entry> received, int start) {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (int i = 0; i < received.size(); i++) {
      double shift = received.get(i).seconds() - sent.get(start + i).seconds();
      least = Math.min(least, shift);
      most = Math.max(most, shift);
    }
    return received.isEmpty() ? 0 : most - least;
  }

  /** Received time less sent time of the first of a run, in seconds. */
  public static double shift(List<Entry> sent, List<Entry> received, int start) {
    return received.getFirst().seconds() - sent.get(start).seconds();
  }

  private static String explain(List<String> all, List<String> part) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < part.size() && text.length() < 400) {
      int at = all.indexOf(part.get(i));
      if (at < 0) {
        text.append(" [received ").append(i).append(" was never sent]");
        i++;
        continue;
      }
      int from = i;
      int sentFrom = at;
      while (i < part.size() && at < all.size() && part.get(i).equals(all.get(at))) {
        i++;
        at++;
      }
      text.append(" [received ").append(from).append("..").append(i - 1);
      text.append(" = sent ").append(sentFrom).append("..").append(at - 1).append(']');
    }
    return text.toString();
  }

  private static List<Entry> parse(Path file) {
    List<Entry> entries = new ArrayList<>();
    double timeBase = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("#tb 0:")) {
          String[] parts = line.substring(6).trim().split("/", -1);
          timeBase = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
        } else if (!line.startsWith("#") && !line.isBlank()) {
          String[] fields = line.split(",", -1);
          entries.add(new Entry(Long.parseLong(fields[2].trim()) * timeBase, fields[5].trim()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}

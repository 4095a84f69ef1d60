package live.sluice.bench.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.bench.BenchException;

/** A playlist and its segments: fetched once, which fills the cache, and kept as files that are the same to a byte. */
final class HlsFiles {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private HlsFiles() {}

  /**
   * Fetches them.
   *
   * @param playlist its address
   * @param root where the files go, under the paths of their addresses
   * @return the paths, the playlist's first
   */
  static List<String> fetch(URI playlist, Path root) {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String text = new String(keep(http, playlist, root), UTF_8);
      List<String> paths = new ArrayList<>(List.of(playlist.getPath()));
      for (String line : text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList()) {
        URI segment = playlist.resolve(line.strip());
        keep(http, segment, root);
        paths.add(segment.getPath());
      }
      return paths;
    }
  }

  private static byte[] keep(HttpClient http, URI address, Path root) {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new BenchException(address + " answers " + answer.statusCode());
      }
      Path file = root.resolve(address.getPath().substring(1)).normalize();
      if (!file.startsWith(root)) {
        throw new BenchException(address + " is not below the server's root");
      }
      Files.createDirectories(file.getParent());
      Files.write(file, answer.body());
      return answer.body();
    } catch (IOException e) {
      throw new BenchException("cannot fetch " + address + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}

package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** WHIP and WHEP over HTTP, by the client of the JDK, which follows no redirect here and adds nothing. */
public final class Whip implements AutoCloseable {

  /** The media type of offers and answers. */
  public static final String SDP = "application/sdp";
  /** The media type of what is sent by PATCH. */
  public static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .connectTimeout(PATIENCE)
      .build();

  /**
   * An answer.
   *
   * @param uri what was asked
   * @param status status code
   * @param response the rest
   */
  public record Answer(URI uri, int status, HttpResponse<String> response) {

    /** A header field; the empty string where there is none. */
    public String header(String name) {
      return String.join(", ", response.headers().allValues(name));
    }

    /** The content. */
    public String body() {
      return response.body();
    }

    /** What Location names. */
    public URI location() {
      return uri.resolve(header("Location"));
    }

    /** The value of the first {@code a=name:} line of the SDP in it. */
    public String attribute(String name) {
      String start = "a=" + name + ':';
      return body().lines().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()).strip())
          .findFirst().orElseThrow(() -> new AssertionError("no " + start + " in\n" + body()));
    }

    @Override
    public String toString() {
      return uri + ": " + status + ' ' + response.headers().map() + '\n' + body();
    }
  }

  /** POST of an offer. */
  public Answer post(URI uri, String offer) {
    return send("POST", uri, offer, Map.of("Content-Type", SDP));
  }

  /** DELETE. */
  public Answer delete(URI session) {
    return send("DELETE", session, "", Map.of());
  }

  /** Any request; an empty body is none. */
  public Answer send(String method, URI uri, String body, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    request.method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(uri, response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + ' ' + uri, e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + uri, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

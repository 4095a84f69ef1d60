package live.sluice.node.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Reads the body of a request, bounded in bytes and in time. */
final class RequestBody {
  /** How long a body may take, in ms. */
  private static final long LIMIT_MS = 10_000;

  private RequestBody() {}

  /**
   * The whole body as UTF-8; what is none becomes a replacement character. To be called before the handler of the request
   * returns. Fails with {@link ErrorCode#TOO_LARGE} or {@link ErrorCode#HANDSHAKE_TIMEOUT}: the rest of the body may be
   * under way then, and the connection is good for nothing else.
   */
  static Future<String> read(Vertx vertx, HttpServerRequest request, int maxBytes) {
    Promise<String> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(whole::tryFail);
    request.handler(
        part -> {
          if (body.length() + part.length() > maxBytes) {
            whole.tryFail(tooLarge(maxBytes));
          } else {
            body.appendBuffer(part);
          }
        });
    request.endHandler(end -> whole.tryComplete(body.toString(StandardCharsets.UTF_8)));
    if (declared(request) > maxBytes) {
      whole.tryFail(tooLarge(maxBytes));
    }
    long timer =
        vertx.setTimer(
            LIMIT_MS,
            id ->
                whole.tryFail(
                    new SluiceException(
                        ErrorCode.HANDSHAKE_TIMEOUT, "the body was not there after " + LIMIT_MS / 1_000 + " s")));
    return whole.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  private static SluiceException tooLarge(int maxBytes) {
    return new SluiceException(ErrorCode.TOO_LARGE, "the body has more than " + (maxBytes >> 10) + " KiB");
  }
}

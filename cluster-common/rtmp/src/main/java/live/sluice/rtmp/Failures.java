package live.sluice.rtmp;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** What a failure is called. */
final class Failures {
  private Failures() {}

  /** The failure itself, taken out of what Netty and stages wrap it in. */
  static Throwable bare(Throwable failure) {
    Throwable t = failure;
    while ((t instanceof DecoderException || t instanceof CompletionException) && t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }

  /** The messages of the failure and its causes. */
  static String text(Throwable failure) {
    return SluiceException.chainOf(bare(failure));
  }

  /** The code of what went wrong on a connection: one without a code that came from the socket is its loss. */
  static ErrorCode code(Throwable failure) {
    Throwable t = bare(failure);
    if (t instanceof SSLException) {
      return ErrorCode.PROTOCOL_ERROR;
    }
    return t instanceof IOException ? ErrorCode.CONNECTION_LOST : SluiceException.codeOf(t);
  }
}

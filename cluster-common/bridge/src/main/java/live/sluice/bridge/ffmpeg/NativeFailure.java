package live.sluice.bridge.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.bytedeco.javacpp.BytePointer;

/** The exceptions of whoever uses FFmpeg's libraries; all of code NOT_SUPPORTED. */
public final class NativeFailure {
  private static final int TEXT = 128;

  private NativeFailure() {}

  /** The libraries were built without it, or there are none for this machine. */
  public static SluiceException missing(String what) {
    return new SluiceException(ErrorCode.NOT_SUPPORTED, "FFmpeg's libraries have no " + what.replaceFirst("^a ", ""));
  }

  /** A library refused, with one of its negative results. */
  public static SluiceException unusable(String what, int result) {
    byte[] text = new byte[TEXT];
    try (BytePointer buffer = new BytePointer(TEXT)) {
      buffer.fill(0);
      av_strerror(result, buffer, TEXT);
      buffer.get(text);
    }
    String why = new String(text, StandardCharsets.UTF_8).replace("\0", "");
    return new SluiceException(ErrorCode.NOT_SUPPORTED, what + " can't be used: " + why);
  }
}

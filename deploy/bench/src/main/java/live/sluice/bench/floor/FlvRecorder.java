package live.sluice.bench.floor;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import live.sluice.bench.BenchException;

/**
 * Records HTTP-FLV to a file, from a keyframe to before a keyframe, so that the file can be played in a loop. Beside the
 * media it keeps when each tag arrived, so that the floor can write what the server wrote in one go in one go too: in the
 * field of the stream id, which is 0 in all FLV, stands the time of arrival in ms after the first, plus 1.
 */
public final class FlvRecorder {
  private static final int FILE_HEADER = 13;
  private static final int TAG_HEADER = 11;
  private static final int VIDEO = 9;
  private static final int SCRIPT = 18;
  private static final int MOST_TAG_BYTES = 8 << 20;
  private static final int READ_LIMIT_MS = 10_000;

  /** What comes so soon after the first frame was kept by the server for those who join. */
  private static final Duration BURST = Duration.ofMillis(300);

  /** Tags that are read so soon after each other came together. */
  private static final long TOGETHER_NANOS = 700_000;

  private FlvRecorder() {}

  /**
   * Records.
   *
   * @param url of a stream that is live
   * @param media how much of it, by its timestamps
   * @throws BenchException when there is no such stream, or it ends before
   */
  public static void record(URI url, Duration media, Path file) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(READ_LIMIT_MS);
      connection.setReadTimeout(READ_LIMIT_MS);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new BenchException("cannot record " + url + ": it answers " + connection.getResponseCode());
      }
      try (DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream(), 1 << 16));
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        copy(in, out, media, BURST);
      } finally {
        connection.disconnect();
      }
    } catch (EOFException e) {
      throw new BenchException("cannot record " + url + ": it ended before " + media.toSeconds() + " s were there", e);
    } catch (IOException e) {
      throw new BenchException("cannot record " + url + ": " + e.getMessage(), e);
    }
  }

  /**
   * Copies the file's header, and tags until {@code media} is there and a keyframe comes, or twice as much.
   *
   * @param burst frames that come within this time of the first are passed over, and those up to the next keyframe
   */
  static void copy(DataInputStream in, OutputStream out, Duration media, Duration burst) throws IOException {
    byte[] header = in.readNBytes(FILE_HEADER);
    if (header.length < FILE_HEADER || header[0] != 'F' || header[1] != 'L' || header[2] != 'V') {
      throw new IOException("this is no FLV");
    }
    out.write(header);
    boolean video = false;
    long firstRead = -1;
    long firstMs = -1;
    long start = 0;
    long last = 0;
    long arrival = 0;
    while (true) {
      byte[] tag = new byte[TAG_HEADER];
      in.readFully(tag);
      int size = (tag[1] & 0xff) << 16 | (tag[2] & 0xff) << 8 | (tag[3] & 0xff);
      if (size > MOST_TAG_BYTES) {
        throw new IOException("a tag of " + size + " bytes");
      }
      byte[] rest = new byte[size + 4];
      in.readFully(rest);
      if (tag[0] == SCRIPT || !isFrame(tag[0], rest)) {
        out.write(tag);
        out.write(rest);
        continue;
      }
      long now = System.nanoTime();
      video |= tag[0] == VIDEO;
      boolean keyframe = tag[0] == VIDEO && (rest[0] >> 4 & 7) == 1;
      firstRead = firstRead < 0 ? now : firstRead;
      long ms = (tag[7] & 0xffL) << 24 | (tag[4] & 0xff) << 16 | (tag[5] & 0xff) << 8 | (tag[6] & 0xff);
      if (firstMs < 0) {
        if (now - firstRead < burst.toNanos() || (video && !keyframe)) {
          continue;
        }
        firstMs = ms;
        start = now;
        last = now;
      }
      long lasted = ms - firstMs;
      if (lasted >= 2 * media.toMillis() || (lasted >= media.toMillis() && (keyframe || !video))) {
        return;
      }
      arrival = now - last < TOGETHER_NANOS ? arrival : (now - start) / 1_000_000;
      last = now;
      tag[8] = (byte) ((arrival + 1) >> 16);
      tag[9] = (byte) ((arrival + 1) >> 8);
      tag[10] = (byte) (arrival + 1);
      out.write(tag);
      out.write(rest);
    }
  }

  /** False for the headers of codecs, plain and enhanced. */
  private static boolean isFrame(int type, byte[] body) {
    int low = body[0] & 0x0f;
    int high = body[0] >> 4 & 0x0f;
    if (type == VIDEO) {
      return high >= 8 ? low != 0 : low != 7 || body[1] != 0;
    }
    return high == 9 ? low != 0 : high != 10 || body[1] != 0;
  }
}

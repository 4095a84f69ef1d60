package live.sluice.node.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the page, as it is sent: plain and, where that is smaller, gzip. Immutable and safe to share between
 * threads.
 */
public final class WebFile {
  private static final int ETAG_BYTES = 12;

  private final String contentType;
  private final Body plain;
  private final @Nullable Body gzip;

  private WebFile(String contentType, Body plain, @Nullable Body gzip) {
    this.contentType = contentType;
    this.plain = plain;
    this.gzip = gzip;
  }

  /** The bytes are taken over: the caller must not change them afterwards. */
  static WebFile of(String contentType, byte[] bytes) {
    String digest = digest(bytes);
    byte[] packed = gzip(bytes);
    // A strong ETag names exact bytes, so that each coding has its own. RFC 9110, 8.8.3.3.
    Body gzip = packed.length < bytes.length ? new Body(packed, '"' + digest + "-gz\"", "gzip") : null;
    return new WebFile(contentType, new Body(bytes, '"' + digest + '"', null), gzip);
  }

  /** The value of Content-Type. */
  public String contentType() {
    return contentType;
  }

  /** The body as it is in the resources. */
  public Body plain() {
    return plain;
  }

  /** The body in gzip coding; null where that would be no smaller. */
  public @Nullable Body gzip() {
    return gzip;
  }

  /**
   * The body for a request: gzip where it is there and accepted.
   *
   * @param acceptEncoding the value of Accept-Encoding, null where the request has none
   */
  public Body body(@Nullable String acceptEncoding) {
    Body packed = gzip;
    return packed != null && AcceptEncoding.takesGzip(acceptEncoding) ? packed : plain;
  }

  /**
   * Whether the client already has this file, so that 304 is the answer. Either coding counts: what the client holds is
   * whole in both.
   *
   * @param ifNoneMatch the value of If-None-Match, null where the request has none
   */
  public boolean isHeldBy(@Nullable String ifNoneMatch) {
    return ifNoneMatch != null && (plain.isNamedIn(ifNoneMatch) || (gzip != null && gzip.isNamedIn(ifNoneMatch)));
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, ETAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2 + 64);
    try (GZIPOutputStream out = new BestGzip(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("packing in memory", e);
    }
    return packed.toByteArray();
  }

  /** Packed once and sent often: the level is the highest. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  /** A file in one content coding. */
  public static final class Body {
    private final ByteBuffer bytes;
    private final String etag;
    private final @Nullable String coding;

    Body(byte[] bytes, String etag, @Nullable String coding) {
      // Outside the heap, so that a connection sends from it without a copy of its own.
      this.bytes = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
      this.etag = Objects.requireNonNull(etag);
      this.coding = coding;
    }

    /** The bytes: read-only, with a position of its own for each caller. There is nothing to release. */
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }

    /** How many bytes. */
    public int length() {
      return bytes.remaining();
    }

    /** The strong ETag of these bytes, with its quotation marks. */
    public String etag() {
      return etag;
    }

    /** The value of Content-Encoding, null for none. */
    public @Nullable String coding() {
      return coding;
    }

    /** The comparison is the weak one, as RFC 9110, 13.1.2 wants it here; a cache between may have put W/ before it. */
    private boolean isNamedIn(String ifNoneMatch) {
      return ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(etag);
    }
  }
}

package live.sluice.systemtest.kit;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through Debian's librtmp, which is what OBS's RTMP output is made of: releaseStream, FCPublish, createStream
 * and publish in its order, and its way to write chunks. The calls block; what the library logs, among it each status
 * that the server sends, goes to a file.
 */
@SuppressWarnings("restricted") // calling a C library is what this class is for
public final class Librtmp implements AutoCloseable {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("librtmp.so.1", Arena.global());
  private static final int LOG_DEBUG = 4;

  private static final MethodHandle ALLOC = function("RTMP_Alloc", ValueLayout.ADDRESS);
  private static final MethodHandle INIT = function("RTMP_Init", null, ValueLayout.ADDRESS);
  private static final MethodHandle SETUP_URL =
      function("RTMP_SetupURL", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
  private static final MethodHandle ENABLE_WRITE = function("RTMP_EnableWrite", null, ValueLayout.ADDRESS);
  private static final MethodHandle CONNECT =
      function("RTMP_Connect", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
  private static final MethodHandle CONNECT_STREAM =
      function("RTMP_ConnectStream", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle WRITE =
      function("RTMP_Write", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle CLOSE = function("RTMP_Close", null, ValueLayout.ADDRESS);
  private static final MethodHandle FREE = function("RTMP_Free", null, ValueLayout.ADDRESS);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment rtmp;
  private final MemorySegment logFile;

  /** Prepares a session; {@code log} takes what the library says. One session at a time: the log is the library's. */
  public Librtmp(String url, Path log) {
    try {
      logFile = (MemorySegment) libc("fopen", ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS)
          .invokeExact(arena.allocateFrom(log.toString()), arena.allocateFrom("w"));
      function("RTMP_LogSetOutput", null, ValueLayout.ADDRESS).invokeExact(logFile);
      function("RTMP_LogSetLevel", null, ValueLayout.JAVA_INT).invokeExact(LOG_DEBUG);
      rtmp = (MemorySegment) ALLOC.invokeExact();
      INIT.invokeExact(rtmp);
      int good = (int) SETUP_URL.invokeExact(rtmp, arena.allocateFrom(url));
      if (good == 0) {
        throw new IllegalArgumentException("librtmp does not take the URL " + url);
      }
      ENABLE_WRITE.invokeExact(rtmp);
    } catch (Throwable e) {
      throw new IllegalStateException("librtmp can't be used", e);
    }
  }

  /** Connects and asks to publish; false when the server refuses. */
  public boolean connect() {
    try {
      return (int) CONNECT.invokeExact(rtmp, MemorySegment.NULL) != 0
          && (int) CONNECT_STREAM.invokeExact(rtmp, 0) != 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends every tag of an FLV file at the pace of its timestamps. */
  public void publish(Path flv) throws IOException {
    long start = System.nanoTime();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(flv))) {
      FlvTag.readHeader(in);
      for (FlvTag tag = FlvTag.read(in); tag != null; tag = FlvTag.read(in)) {
        while (System.nanoTime() - start < tag.timestamp() * 1_000_000) {
          LockSupport.parkNanos(2_000_000);
        }
        write(tag);
      }
    }
  }

  private void write(FlvTag tag) throws IOException {
    int size = tag.body().length;
    ByteBuffer bytes = ByteBuffer.allocate(11 + size + 4);
    bytes.putInt(tag.type() << 24 | size);
    bytes.putInt((int) (tag.timestamp() << 8 | tag.timestamp() >> 24));
    bytes.put(new byte[3]).put(tag.body()).putInt(size + 11);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment copy = call.allocate(bytes.capacity());
      copy.copyFrom(MemorySegment.ofArray(bytes.array()));
      int written = (int) WRITE.invokeExact(rtmp, copy, bytes.capacity());
      if (written <= 0) {
        throw new IOException("librtmp could not write: " + written);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      CLOSE.invokeExact(rtmp);
      FREE.invokeExact(rtmp);
      int closed = (int) libc("fclose", ValueLayout.JAVA_INT, ValueLayout.ADDRESS).invokeExact(logFile);
      if (closed != 0) {
        throw new IllegalStateException("the log could not be closed");
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      arena.close();
    }
  }

  private static MethodHandle function(String name, @Nullable MemoryLayout result, MemoryLayout... arguments) {
    return handle(LIBRARY, name, result, arguments);
  }

  private static MethodHandle libc(String name, MemoryLayout result, MemoryLayout... arguments) {
    return handle(LINKER.defaultLookup(), name, result, arguments);
  }

  private static MethodHandle handle(
      SymbolLookup lookup, String name, @Nullable MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor descriptor =
        result == null ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(result, arguments);
    return LINKER.downcallHandle(lookup.findOrThrow(name), descriptor);
  }
}

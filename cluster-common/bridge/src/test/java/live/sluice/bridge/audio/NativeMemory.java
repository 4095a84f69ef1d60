package live.sluice.bridge.audio;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What the C library has handed out and not got back: {@code mallinfo2} of glibc. The Java heap is no part of it. */
final class NativeMemory {
  private static final int FIELDS = 10;
  private static final int MAPPED = 4;
  private static final int IN_USE = 7;

  private NativeMemory() {}

  /** In bytes. */
  @SuppressWarnings("restricted") // It only reads.
  static long bytesInUse() throws Throwable {
    MemoryLayout layout = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(FIELDS, ValueLayout.JAVA_LONG));
    Linker linker = Linker.nativeLinker();
    MethodHandle call =
        linker.downcallHandle(
            linker.defaultLookup().find("mallinfo2").orElseThrow(), FunctionDescriptor.of(layout));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) call.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED) + info.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
    }
  }
}

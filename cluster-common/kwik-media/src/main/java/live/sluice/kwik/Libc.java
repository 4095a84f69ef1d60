package live.sluice.kwik;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls of a UDP socket, as Linux on x86-64 has them. Each returns what the system call does, or the error's
 * number as a negative value.
 */
final class Libc {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUF = 8;
  static final int SO_SNDBUF = 7;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_RCVTIMEO = 20;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EACCES = 13;
  static final int EINVAL = 22;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;

  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(ERRNO_LAYOUT));

  private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME = handle("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      handle("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SENDMMSG = handle("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle RECVMSG = handle("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);

  private Libc() {}

  @SuppressWarnings("restricted") // Calling the system is what this class is for; the start scripts allow it.
  private static MethodHandle handle(String name, ValueLayout answer, ValueLayout... arguments) {
    MemorySegment symbol = LINKER.defaultLookup().findOrThrow(name);
    return LINKER.downcallHandle(
        symbol, FunctionDescriptor.of(answer, arguments), Linker.Option.captureCallState("errno"));
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static AssertionError impossible(Throwable e) {
    return new AssertionError("a system call threw", e);
  }

  static int socket(int family) {
    MemorySegment state = STATE.get();
    try {
      int fd = (int) SOCKET.invokeExact(state, family, SOCK_DGRAM_CLOEXEC, 0);
      return fd < 0 ? -errno(state) : fd;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int bind(int fd, MemorySegment address) {
    MemorySegment state = STATE.get();
    try {
      int done = (int) BIND.invokeExact(state, fd, address, (int) address.byteSize());
      return done < 0 ? -errno(state) : done;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Writes the address that {@code fd} is bound to. */
  static int getsockname(int fd, MemorySegment address, MemorySegment length) {
    MemorySegment state = STATE.get();
    try {
      int done = (int) GETSOCKNAME.invokeExact(state, fd, address, length);
      return done < 0 ? -errno(state) : done;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int setsockopt(int fd, int level, int option, MemorySegment value) {
    MemorySegment state = STATE.get();
    try {
      int done = (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, (int) value.byteSize());
      return done < 0 ? -errno(state) : done;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int setsockopt(int fd, int level, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(JAVA_INT);
      number.set(JAVA_INT, 0, value);
      return setsockopt(fd, level, option, number);
    }
  }

  static int getsockopt(int fd, int level, int option) {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocate(JAVA_INT);
      length.set(JAVA_INT, 0, Integer.BYTES);
      int done = (int) GETSOCKOPT.invokeExact(state, fd, level, option, number, length);
      return done < 0 ? -errno(state) : number.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Messages that were sent. */
  static int sendmmsg(int fd, MemorySegment messages, int count) {
    MemorySegment state = STATE.get();
    try {
      int sent = (int) SENDMMSG.invokeExact(state, fd, messages, count, 0);
      return sent < 0 ? -errno(state) : sent;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Bytes that were received. */
  static int recvmsg(int fd, MemorySegment message) {
    MemorySegment state = STATE.get();
    try {
      long received = (long) RECVMSG.invokeExact(state, fd, message, 0);
      return received < 0 ? -errno(state) : (int) received;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static void close(int fd) {
    MemorySegment state = STATE.get();
    try {
      int done = (int) CLOSE.invokeExact(state, fd);
      assert done == 0 || errno(state) != 0;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}

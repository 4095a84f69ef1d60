package live.sluice.line;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The calls of Linux (x86-64, glibc) that the line is made of. */
// "restricted": calls into C are what this class is for; the JVM is started with --enable-native-access.
@SuppressWarnings("restricted")
final class Linux {
  /** All memory of the process, for reads and writes by address. */
  static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");

  private static final MethodHandle SOCKET =
      handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), KEEP_ERRNO);
  private static final MethodHandle BIND =
      handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), KEEP_ERRNO);
  private static final MethodHandle SET_OPTION =
      handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), KEEP_ERRNO);
  private static final MethodHandle GET_OPTION =
      handle("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle INDEX_OF =
      handle("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle PPOLL =
      handle("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle RECEIVE =
      handle("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SEND =
      handle("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle PROCESS_CONTROL =
      handle("prctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle SET_SCHEDULER =
      handle("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

  private static final int DONT_WAIT = 0x40;
  private static final int PR_SET_TIMERSLACK = 29;
  private static final int SCHED_FIFO = 1;

  private Linux() {}

  private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /** Opens a socket and returns its descriptor. */
  static int socket(int family, int type, int protocol) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      return checked((int) SOCKET.invokeExact(state, family, type, protocol), state, "open a packet socket");
    } catch (Throwable e) {
      throw passed(e);
    }
  }

  static void bind(int socket, MemorySegment address) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      checked((int) BIND.invokeExact(state, socket, address, (int) address.byteSize()), state, "bind a packet socket");
    } catch (Throwable e) {
      throw passed(e);
    }
  }

  static void setOption(int socket, int level, int name, int value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment option = arena.allocateFrom(JAVA_INT, value);
      checked((int) SET_OPTION.invokeExact(state, socket, level, name, option, 4), state, "set socket option " + name);
    } catch (Throwable e) {
      throw passed(e);
    }
  }

  /** Reads a socket option of {@code bytes} bytes and returns its {@code index}th int; 0 when it can't be read. */
  static int option(int socket, int level, int name, int bytes, int index) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(bytes);
      MemorySegment size = arena.allocateFrom(JAVA_INT, bytes);
      int result = (int) GET_OPTION.invokeExact(socket, level, name, value, size);
      return result < 0 ? 0 : value.getAtIndex(JAVA_INT, index);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns the number of a network device; 0 when there is none of that name. */
  static int indexOf(String device) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) INDEX_OF.invokeExact(arena.allocateFrom(device));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Waits until a descriptor can be read, or for as long as {@code timeout} (struct timespec) says. */
  static int poll(MemorySegment descriptors, long count, MemorySegment timeout) {
    try {
      return (int) PPOLL.invokeExact(descriptors, count, timeout, MemorySegment.NULL);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Receives what is there into {@code messages}; returns how many, or less than 0. */
  static int receive(int socket, MemorySegment messages, int count) {
    try {
      return (int) RECEIVE.invokeExact(socket, messages, count, DONT_WAIT, MemorySegment.NULL);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Sends; returns how many were sent, or less than 0 when the first was not. */
  static int send(int socket, MemorySegment messages, int count) {
    try {
      return (int) SEND.invokeExact(socket, messages, count, DONT_WAIT);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Asks for this thread to be woken on time: no slack of timers, and before others that want the processor.
   *
   * @return whether the latter was granted
   */
  static boolean wakePunctually() {
    try (Arena arena = Arena.ofConfined()) {
      int slack = (int) PROCESS_CONTROL.invokeExact(PR_SET_TIMERSLACK, 1L, 0L, 0L, 0L);
      int priority = (int) SET_SCHEDULER.invokeExact(0, SCHED_FIFO, arena.allocateFrom(JAVA_INT, 1));
      return slack == 0 && priority == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int checked(int result, MemorySegment state, String what) throws IOException {
    if (result < 0) {
      throw new IOException("cannot " + what + ": errno " + (int) ERRNO.get(state, 0L));
    }
    return result;
  }

  private static IOException passed(Throwable thrown) {
    return thrown instanceof IOException told ? told : new IOException(thrown);
  }

  private static IllegalStateException unexpected(Throwable thrown) {
    return new IllegalStateException(thrown);
  }
}

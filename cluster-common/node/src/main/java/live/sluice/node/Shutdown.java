package live.sluice.node;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * What a signal does: the first SIGTERM or SIGINT drains the node and stops it, the second one ends the process at
 * once; SIGHUP reads the configuration again.
 *
 * <p>A shutdown hook can't tell the second signal from the first, and {@code sun.misc.Signal}, which can, is reached by
 * reflection: the compiler warns of its name, and warnings are errors here. Where a JVM has it not, a hook does what it
 * can.
 */
final class Shutdown {
  private static final int KILLED = 128;

  private final Node node;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Shutdown(Node node) {
    this.node = node;
  }

  static void install(Node node, Runnable reload) {
    Shutdown shutdown = new Shutdown(node);
    try {
      handle("TERM", () -> shutdown.received("TERM", 15));
      handle("INT", () -> shutdown.received("INT", 2));
      handle("HUP", reload);
    } catch (ReflectiveOperationException e) {
      LoggerFactory.getLogger(Shutdown.class).debug("no signal handlers; a shutdown hook takes their place", e);
      Runtime.getRuntime().addShutdownHook(new Thread(shutdown::stop, "shutdown"));
    }
  }

  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object ours =
        Proxy.newProxyInstance(
            Shutdown.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (method.getName().equals("handle")) {
                action.run();
              }
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
  }

  private void received(String name, int number) {
    if (stopping.getAndSet(true)) {
      LoggerFactory.getLogger(Shutdown.class).warn("SIG{} again: the node ends at once", name);
      Runtime.getRuntime().halt(KILLED + number);
    }
    Thread.ofPlatform()
        .name("shutdown")
        .start(
            () -> {
              stop();
              Runtime.getRuntime().halt(0);
            });
  }

  private void stop() {
    node.drain();
    node.close();
  }
}

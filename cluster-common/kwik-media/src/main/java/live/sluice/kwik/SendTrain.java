package live.sluice.kwik;

import org.jspecify.annotations.Nullable;

/**
 * The packets that a thread sends one after the other before it has nothing more to send: a socket gathers them, and sends
 * them by few system calls. Kwik hands a socket one packet at a time; its queue, which is ours, knows when the last one was.
 *
 * <p>Only threads that say when their trains end have one: on any other thread each packet leaves at once.
 */
public final class SendTrain {
  private static final ThreadLocal<SendTrain> OF_THREAD = new ThreadLocal<>();

  private @Nullable Runnable end;

  private SendTrain() {}

  /** This thread's, for one that says when it ends. */
  public static SendTrain ofThisThread() {
    SendTrain train = OF_THREAD.get();
    if (train == null) {
      train = new SendTrain();
      OF_THREAD.set(train);
    }
    return train;
  }

  /** This thread's; null where nobody would say when it ends. */
  static @Nullable SendTrain current() {
    return OF_THREAD.get();
  }

  /** Something waits for the end of the train: {@code task} sends it. */
  void onEnd(Runnable task) {
    end = task;
  }

  /** The train ends: what waits is sent. */
  public void end() {
    Runnable task = end;
    if (task != null) {
      end = null;
      task.run();
    }
  }
}

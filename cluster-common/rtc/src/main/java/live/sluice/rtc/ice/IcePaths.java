package live.sluice.rtc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a peer proved to be at, and which of them it wants to be sent to.
 *
 * <p>The rule for choosing, from the latest check on: a path is kept as long as it is the only one. A nominated one
 * (its check had USE-CANDIDATE) replaces one that never was at once, and a nominated one when that was silent for the
 * hold or has no higher priority. A peer that never nominates is followed when its path was silent for the longer hold.
 * So browsers, which nominate anew what they use with every check, are followed at once, peers that nominate everything
 * settle on their best path, and a peer whose NAT gave it another port goes on.
 */
final class IcePaths {
  private static final class Proved {
    final IcePath path;
    long priority;
    boolean nominated;
    long checkedNanos;
    long nominatedNanos;

    Proved(IcePath path) {
      this.path = path;
    }
  }

  private final long nominationHoldNanos;
  private final long unnominatedHoldNanos;
  private final int max;
  private final List<Proved> proved = new ArrayList<>(2);
  private @Nullable Proved selected;

  IcePaths(IceSettings settings) {
    this.nominationHoldNanos = settings.nominationHold().toNanos();
    this.unnominatedHoldNanos = settings.unnominatedHold().toNanos();
    this.max = settings.maxPaths();
  }

  @Nullable IcePath selected() {
    return selected == null ? null : selected.path;
  }

  boolean contains(InetSocketAddress from, boolean tcp) {
    return find(from, tcp) != null;
  }

  List<IcePath> all() {
    List<IcePath> paths = new ArrayList<>(proved.size());
    for (Proved one : proved) {
      paths.add(one.path);
    }
    return paths;
  }

  /** What a check changed. */
  record Change(IcePath path, boolean isNew, boolean isSelected, @Nullable IcePath forgotten) {}

  /** A valid check came. */
  Change checked(InetSocketAddress from, boolean tcp, long priority, boolean nominates, long now) {
    Proved current = find(from, tcp);
    boolean isNew = current == null;
    IcePath forgotten = null;
    if (current == null) {
      forgotten = proved.size() < max ? null : forgetOldest(now);
      current = new Proved(new IcePath(from, tcp));
      proved.add(current);
    }
    current.checkedNanos = now;
    current.priority = Math.max(0, priority);
    if (nominates) {
      current.nominated = true;
      current.nominatedNanos = now;
    }
    boolean isSelected = current != selected && replaces(current, nominates, now);
    if (isSelected) {
      selected = current;
    }
    return new Change(current.path, isNew, isSelected, forgotten);
  }

  private boolean replaces(Proved current, boolean nominates, long now) {
    Proved old = selected;
    if (old == null) {
      return true;
    }
    if (nominates) {
      return !old.nominated
          || current.priority >= old.priority
          || now - old.nominatedNanos > nominationHoldNanos;
    }
    return now - old.checkedNanos > unnominatedHoldNanos;
  }

  private @Nullable Proved find(InetSocketAddress from, boolean tcp) {
    for (int i = 0; i < proved.size(); i++) {
      Proved one = proved.get(i);
      if (one.path.tcp() == tcp && one.path.remote().equals(from)) {
        return one;
      }
    }
    return null;
  }

  /** There is no such path any more; where it was the one in use, the next that is checked is. */
  void forget(IcePath path) {
    Proved gone = find(path.remote(), path.tcp());
    if (gone != null) {
      proved.remove(gone);
      selected = gone == selected ? null : selected;
    }
  }

  private @Nullable IcePath forgetOldest(long now) {
    Proved oldest = null;
    for (Proved one : proved) {
      if (one != selected && (oldest == null || now - one.checkedNanos > now - oldest.checkedNanos)) {
        oldest = one;
      }
    }
    if (oldest == null) {
      return null;
    }
    proved.remove(oldest);
    return oldest.path;
  }
}

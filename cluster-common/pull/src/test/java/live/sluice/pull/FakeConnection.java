package live.sluice.pull;

/** A connection to a source that does as a test tells it. */
final class FakeConnection implements SourceConnection {
  final PullTarget target;
  final Events events;
  boolean standsIn;
  boolean closed;

  FakeConnection(PullTarget target, Events events) {
    this.target = target;
    this.events = events;
  }

  @Override
  public boolean standsIn() {
    return standsIn;
  }

  @Override
  public void close() {
    closed = true;
  }
}

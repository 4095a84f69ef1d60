package live.sluice.hop.link;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import live.sluice.hop.control.ControlMessage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/** The streams that cross a link, in both directions, by the numbers of their requests. On the link's loop. */
final class LinkStreams {
  /** Streams that the other node may have by one link. */
  private static final int MOST_SERVED = 10_000;

  private final Link link;
  private final LinkHost host;
  private final IntObjectMap<Subscription> wanted = new IntObjectHashMap<>();
  private final IntObjectMap<Serving> served = new IntObjectHashMap<>();
  private final List<Subscription> toFlush = new ArrayList<>();
  private int nextRequest = 1;

  LinkStreams(Link link, LinkHost host) {
    this.link = link;
    this.host = host;
  }

  /** Those that this node has from the other. */
  List<Subscription> subscriptions() {
    return List.copyOf(wanted.values());
  }

  /** Those that the other node has from this one. */
  List<Serving> servings() {
    return List.copyOf(served.values());
  }

  boolean isEmpty() {
    return wanted.isEmpty() && served.isEmpty();
  }

  @Nullable Subscription subscription(int request) {
    return wanted.get(request);
  }

  void forget(Subscription subscription) {
    wanted.remove(subscription.request());
  }

  void forget(Serving serving) {
    served.remove(serving.asked().request());
  }

  /** Asks for a stream; it is ended soon where the link is {@code down}. */
  Subscription subscribe(
      StreamKey key, int layers, List<String> path, String session, SubscriptionEvents events, boolean down) {
    int request = nextRequest++;
    Subscription made = new Subscription(link, request, key, session, events);
    if (down) {
      link.loop().execute(() -> made.end(ErrorCode.CONNECTION_LOST, "the link is down", null));
      return made;
    }
    wanted.put(request, made);
    link.say(new ControlMessage.Subscribe(request, key, layers, path, session));
    return made;
  }

  /** Something of one of them came. */
  void onMessage(ControlMessage message) {
    switch (message) {
      case ControlMessage.Subscribe asked -> onSubscribe(asked);
      case ControlMessage.Subscribed answer -> onWanted(answer.request(), it -> it.onSubscribed(answer));
      case ControlMessage.NotUnderstood answer -> onWanted(answer.request(), it -> it.onNotUnderstood(answer.why()));
      case ControlMessage.Ended ended ->
          onWanted(ended.request(), it -> it.end(ended.code(), ended.why(), ended.owner()));
      case ControlMessage.Clock clock -> onWanted(clock.request(), it -> it.onClock(clock));
      case ControlMessage.Update update -> onServed(update.request(), it -> it.update(update.layers()));
      case ControlMessage.KeyframeRequest request ->
          onServed(request.request(), it -> it.requestKeyframe(request.layer()));
      case ControlMessage.Unsubscribe end -> onServed(end.request(), Serving::close);
      default -> throw new IllegalArgumentException("of no stream: " + message);
    }
  }

  private void onSubscribe(ControlMessage.Subscribe asked) {
    if (served.containsKey(asked.request())) {
      link.close("it uses the number of a request twice");
      return;
    }
    Serving serving = new Serving(link, asked);
    if (served.size() >= MOST_SERVED) {
      serving.end(ErrorCode.OVERLOADED, "more than " + MOST_SERVED + " streams are asked for by one link", null);
      return;
    }
    served.put(asked.request(), serving);
    if (asked.path().contains(host.self().id())) {
      String way = String.join(", ", asked.path());
      serving.end(ErrorCode.NOT_OWNER, "the pull of " + asked.key() + " goes round in a circle: " + way, null);
      return;
    }
    try {
      host.serve(asked, serving);
    } catch (SluiceException e) {
      serving.end(e.code(), String.valueOf(e.getMessage()), null);
    }
  }

  private void onWanted(int request, Consumer<Subscription> task) {
    Subscription subscription = wanted.get(request);
    if (subscription != null) {
      task.accept(subscription);
    }
  }

  private void onServed(int request, Consumer<Serving> task) {
    Serving serving = served.get(request);
    if (serving != null) {
      task.accept(serving);
    }
  }

  /** Packets of that one came: it is flushed with all that came at this moment. */
  void flushLater(Subscription subscription) {
    toFlush.add(subscription);
  }

  void flush() {
    for (int i = 0; i < toFlush.size(); i++) {
      toFlush.get(i).flush();
    }
    toFlush.clear();
  }

  /** Tells the other side how its flows arrive. */
  void tellArrivals() {
    for (Subscription subscription : wanted.values()) {
      ControlMessage.Subscribed answer = subscription.answer();
      if (answer != null) {
        answer.flows().forEach(flow -> link.flows().tellArrival(link, flow.id()));
      }
    }
  }

  /** The link is down: none of them goes on. */
  void end(String why) {
    for (Subscription subscription : subscriptions()) {
      subscription.end(ErrorCode.CONNECTION_LOST, why, null);
    }
    for (Serving serving : servings()) {
      serving.close();
    }
  }
}

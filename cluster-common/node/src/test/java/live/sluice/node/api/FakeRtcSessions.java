package live.sluice.node.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtc.whip.PatchAnswer;
import live.sluice.rtc.whip.RtcAnswer;
import live.sluice.rtc.whip.RtcPatch;
import live.sluice.rtc.whip.RtcRequest;
import live.sluice.rtc.whip.RtcSessions;
import live.sluice.rtc.whip.SessionId;

/** Sessions without media: notes what it is asked, and answers what it is told to. */
final class FakeRtcSessions implements RtcSessions {
  static final String ETAG = "e1";

  final List<RtcRequest> published = new CopyOnWriteArrayList<>();
  final List<RtcRequest> played = new CopyOnWriteArrayList<>();
  final List<RtcPatch> patches = new CopyOnWriteArrayList<>();
  final List<String> open = new CopyOnWriteArrayList<>();
  final List<String> ended = new CopyOnWriteArrayList<>();

  /** What comes of the next offers in place of a session; null for a session. */
  volatile CompletableFuture<RtcAnswer> next;

  void fail(ErrorCode code, String why) {
    next = CompletableFuture.failedFuture(new SluiceException(code, why));
  }

  @Override
  public CompletionStage<RtcAnswer> publish(RtcRequest request) {
    published.add(request);
    return answer();
  }

  @Override
  public CompletionStage<RtcAnswer> play(RtcRequest request) {
    played.add(request);
    return answer();
  }

  /** A session that is there from now on. */
  RtcAnswer.Created create() {
    String id = SessionId.next();
    open.add(id);
    return new RtcAnswer.Created(id, ETAG, "v=0 answer");
  }

  private CompletionStage<RtcAnswer> answer() {
    CompletableFuture<RtcAnswer> told = next;
    return told != null ? told : CompletableFuture.completedFuture(create());
  }

  @Override
  public CompletionStage<PatchAnswer> patch(String id, RtcPatch patch) {
    patches.add(patch);
    if (!open.contains(id)) {
      return CompletableFuture.failedFuture(new SluiceException(ErrorCode.NOT_FOUND, "no such session"));
    } else if (patch.ifMatch().any()) {
      return CompletableFuture.completedFuture(new PatchAnswer.Restarted("e2", "a=ice-ufrag:new"));
    } else if (!patch.ifMatch().matches(ETAG)) {
      return CompletableFuture.failedFuture(new SluiceException(ErrorCode.PRECONDITION_FAILED, "ICE was restarted"));
    }
    return CompletableFuture.completedFuture(new PatchAnswer.Accepted());
  }

  @Override
  public CompletionStage<Boolean> end(String id) {
    ended.add(id);
    return CompletableFuture.completedFuture(open.remove(id));
  }
}

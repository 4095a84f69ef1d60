package live.sluice.rtc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtc.ice.Candidate;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.sdp.SdpFragment;
import live.sluice.rtc.whip.PatchAnswer;
import live.sluice.rtc.whip.RtcPatch;

/** What clients ask of the sessions that they have: candidates, a restart of ICE, the end. Thread-safe. */
final class PeerRequests {
  private final PeerTable peers;
  private final Candidates candidates;

  PeerRequests(PeerTable peers, Candidates candidates) {
    this.peers = peers;
    this.candidates = candidates;
  }

  CompletionStage<PatchAnswer> patch(String id, RtcPatch patch) {
    Peer peer = peers.byId(id);
    if (peer == null) {
      return CompletableFuture.failedFuture(unknown());
    }
    CompletableFuture<PatchAnswer> answer = new CompletableFuture<>();
    peer.run(
        () -> {
          try {
            answer.complete(patch(peer, patch));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        },
        () -> answer.completeExceptionally(unknown()));
    return answer;
  }

  private static SluiceException unknown() {
    return new SluiceException(ErrorCode.NOT_FOUND, "there is no such session, or no longer");
  }

  private PatchAnswer patch(Peer peer, RtcPatch patch) {
    if (peer.isClosed()) {
      throw unknown();
    }
    if (!patch.ifMatch().any() && !patch.ifMatch().matches(peer.etag())) {
      throw new SluiceException(
          ErrorCode.PRECONDITION_FAILED, "If-Match names another version of the session than the present one");
    }
    SdpFragment fragment = SdpFragment.parse(patch.fragment());
    if (!patch.ifMatch().any()) {
      // Its candidates are of no use: it is the peer that checks, and its checks say where they come from.
      return new PatchAnswer.Accepted();
    }
    if (fragment.ufrag().isEmpty() || fragment.password().isEmpty()) {
      throw new SluiceException(ErrorCode.SDP_INVALID, "a restart of ICE needs new ice-ufrag and ice-pwd");
    }
    return restart(peer, fragment);
  }

  private PatchAnswer restart(Peer peer, SdpFragment fragment) {
    IceCredentials credentials = IceCredentials.random();
    peer.restart(credentials);
    peers.name(credentials.ufrag(), peer);
    List<String> own = Candidate.toSdp(candidates.last());
    List<SdpFragment.Section> sections = new ArrayList<>();
    for (SdpFragment.Section section : fragment.sections()) {
      sections.add(new SdpFragment.Section(section.media(), section.mid(), own, true));
    }
    String text = new SdpFragment(credentials.ufrag(), credentials.pwd(), sections).write();
    return new PatchAnswer.Restarted(peer.etag(), text);
  }

  /** Ends a session; false where there is none. */
  CompletionStage<Boolean> end(String id) {
    Peer peer = peers.byId(id);
    if (peer == null) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    peer.run(
        () -> {
          peer.end(ErrorCode.OK, "the client ended it");
          answer.complete(true);
        },
        () -> answer.complete(true));
    return answer;
  }
}

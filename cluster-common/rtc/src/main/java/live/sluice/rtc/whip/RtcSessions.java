package live.sluice.rtc.whip;

import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * Opens, changes and ends the WebRTC sessions of a node, as WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep) ask for it.
 *
 * <p>Every method may be called from any thread and must not block; its stage may complete on any thread. What can't be
 * done fails the stage with a {@link SluiceException}, whose code {@link WhipStatus} turns into an HTTP status; nothing
 * of a session is left behind then. Tokens have been checked by the caller, and sizes bounded.
 */
public interface RtcSessions {

  /** The most characters that an offer or a fragment has here; more were refused before. */
  int MAX_SDP_CHARS = 64 << 10;

  /** Opens nothing: what a node has that does no WebRTC. */
  RtcSessions NONE = new NoRtcSessions();

  /**
   * Takes an offer of somebody who publishes.
   *
   * <p>Fails with {@link ErrorCode#SDP_INVALID}, {@link ErrorCode#SDP_UNSUPPORTED}, {@link ErrorCode#STREAM_BUSY} and
   * what else may stand against a publish.
   */
  CompletionStage<RtcAnswer> publish(RtcRequest request);

  /**
   * Takes an offer of somebody who plays. Who no longer waits for the answer when it comes calls {@link #end}.
   *
   * <p>Fails with {@link ErrorCode#STREAM_NOT_FOUND} when nobody publishes the stream, {@link
   * ErrorCode#NO_COMMON_CODEC}, and the like.
   */
  CompletionStage<RtcAnswer> play(RtcRequest request);

  /**
   * Adds candidates of the peer, or restarts ICE, as {@link RtcPatch#ifMatch} says; RFC 9725, sections 4.3.2 and 4.3.3.
   *
   * <p>Fails with {@link ErrorCode#NOT_FOUND} for an unknown session, {@link ErrorCode#PRECONDITION_FAILED} for an entity
   * tag that is not the present one, {@link ErrorCode#SDP_INVALID}. The session goes on as it was then.
   */
  CompletionStage<PatchAnswer> patch(String id, RtcPatch patch);

  /** Ends a session at once, by the wish of its client; completes with whether it was there. */
  CompletionStage<Boolean> end(String id);
}

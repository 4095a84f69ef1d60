package live.sluice.media;

/**
 * Every way in which a session or a request ends that is not its wish. Numbers and names are stable: they stand in log
 * lines, counters, API answers and docs/errors.md. A code is never given to another meaning.
 */
public enum ErrorCode {
  /** Nothing is wrong. */
  OK(0, 200, "Ok"),
  /** Whatever has no better code: a defect of ours. */
  INTERNAL(1000, 500, "Internal"),
  /** The name of a stream is empty, too long, or has characters that are not allowed. */
  STREAM_NAME_INVALID(1001, 400, "StreamNameInvalid"),
  /** Somebody publishes that stream already. */
  STREAM_BUSY(1002, 409, "StreamBusy"),
  /** Nobody publishes that stream, and nobody came within the time a player may wait. */
  STREAM_NOT_FOUND(1003, 404, "StreamNotFound"),
  /** The stream ended while it was played. */
  STREAM_ENDED(1004, 410, "StreamEnded"),
  /** Another publisher of the same name won: a take-over, or the greater epoch after a cut was healed. */
  PUBLISH_REPLACED(1005, 409, "PublishReplaced"),
  /** This node does not own the stream, and serves other nodes only streams that it owns. */
  NOT_OWNER(1006, 421, "NotOwner"),
  /** The cluster could not decide: a minority with a quorum asked for, or no origin within reach. */
  CLUSTER_UNAVAILABLE(1007, 503, "ClusterUnavailable"),
  /** No API session, stream or node of that name. */
  NOT_FOUND(1008, 404, "NotFound"),
  /** The request makes no sense: what is wrong stands in the message. */
  BAD_REQUEST(1009, 400, "BadRequest"),
  /** A credential is missing or wrong. */
  UNAUTHORIZED(1010, 401, "Unauthorized"),
  /** An operator ended the session. */
  KICKED(1011, 403, "Kicked"),
  /** The node is stopping and takes no new sessions. */
  DRAINING(1012, 503, "Draining"),
  /** The node has no memory left for a further player. */
  OVERLOADED(1013, 503, "Overloaded"),
  /** This kind of node or stream does not do that. */
  NOT_SUPPORTED(1014, 501, "NotSupported"),
  /** The body of a request is of another kind than what is read there. */
  UNSUPPORTED_MEDIA_TYPE(1015, 415, "UnsupportedMediaType"),
  /** A change was asked for without saying of which version: If-Match is missing. */
  PRECONDITION_REQUIRED(1016, 428, "PreconditionRequired"),
  /** A change was asked for of a version that is no longer the present one. */
  PRECONDITION_FAILED(1017, 412, "PreconditionFailed"),
  /** More connections than the node takes, in all or from one address. */
  TOO_MANY_CONNECTIONS(1101, 503, "TooManyConnections"),
  /** The handshake, or what must follow it, did not come in time. */
  HANDSHAKE_TIMEOUT(1102, 408, "HandshakeTimeout"),
  /** A publisher sent nothing for too long. */
  PUBLISH_IDLE(1103, 408, "PublishIdle"),
  /** A player read nothing for too long. */
  PLAYER_STUCK(1104, 408, "PlayerStuck"),
  /** Bytes that no rule of the protocol allows. */
  PROTOCOL_ERROR(1105, 400, "ProtocolError"),
  /** A message, a header, a name or a list is longer than what is accepted. */
  TOO_LARGE(1106, 413, "TooLarge"),
  /** A connection broke. */
  CONNECTION_LOST(1107, 502, "ConnectionLost"),
  /** A configuration can't be used: the message names the key. */
  CONFIG_INVALID(1201, 500, "ConfigInvalid"),
  /** A port could not be opened. */
  LISTEN_FAILED(1202, 500, "ListenFailed"),
  /** Another node refused or could not serve a pull. */
  UPSTREAM_FAILED(1301, 502, "UpstreamFailed"),
  /** WebRTC is switched off on this node. */
  RTC_DISABLED(1401, 503, "RtcDisabled"),
  /** An SDP offer, or a fragment of one, that no rule of SDP allows. */
  SDP_INVALID(1402, 400, "SdpInvalid"),
  /** An SDP offer of which a part can't be served: the message names it. */
  SDP_UNSUPPORTED(1403, 422, "SdpUnsupported"),
  /** A WebRTC player offers none of the codecs that the stream has. */
  NO_COMMON_CODEC(1404, 422, "NoCommonCodec"),
  /** The stream was published again with other codecs, which WHEP can't tell a player. */
  CODEC_CHANGED(1405, 410, "CodecChanged"),
  /** The stream's pictures refer to later ones in a way that no browser shows, and it is not transcoded. */
  B_FRAMES(1406, 422, "BFrames"),
  /** No address of this node can be reached by WebRTC from outside it. */
  NO_CANDIDATE(1407, 503, "NoCandidate"),
  /** The DTLS handshake failed, or the peer's certificate is not the one that its SDP names. */
  DTLS_FAILED(1408, 400, "DtlsFailed"),
  /** A WebRTC peer has not shown for too long that it is still there. */
  CONSENT_EXPIRED(1409, 408, "ConsentExpired");

  private final int number;
  private final int httpStatus;
  private final String label;

  ErrorCode(int number, int httpStatus, String label) {
    this.number = number;
    this.httpStatus = httpStatus;
    this.label = label;
  }

  /** The number, as in {@code "code":1002}. */
  public int number() {
    return number;
  }

  /** The HTTP status that goes with it. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The name, as in {@code "error":"StreamBusy"}. */
  public String label() {
    return label;
  }
}

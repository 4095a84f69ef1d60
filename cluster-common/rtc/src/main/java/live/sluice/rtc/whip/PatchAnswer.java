package live.sluice.rtc.whip;

/** What comes of a patch. */
public sealed interface PatchAnswer {

  /** The candidates were taken. */
  record Accepted() implements PatchAnswer {}

  /**
   * ICE was restarted.
   *
   * @param etag the version of the new credentials, as in {@link RtcAnswer.Created#etag}
   * @param fragment an SDP fragment with the new credentials and candidates of this node
   */
  record Restarted(String etag, String fragment) implements PatchAnswer {}
}

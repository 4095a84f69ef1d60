package live.sluice.node.config;

/**
 * A STUN or TURN server that WebRTC clients are told of. Every key stands in {@code reference.yaml}.
 *
 * @param url such as {@code stun:stun.example.com:3478}
 * @param username for TURN
 * @param credential for TURN
 */
public record IceServerSection(
    @Matches(value = "(stuns?|turns?):[!-~&&[^<>\"]]{1,250}|", words = "a stun:, stuns:, turn: or turns: URL") String url,
    @Matches(value = "[ -~&&[^\"\\\\]]{0,250}", words = "text without quotation marks") String username,
    @Secret @Matches(value = "[ -~&&[^\"\\\\]]{0,250}", words = "text without quotation marks") String credential) {

  /** What holds where the file says nothing. */
  public static IceServerSection defaults() {
    return new IceServerSection("", "", "");
  }

  /** Without the credential. */
  @Override
  public String toString() {
    return url;
  }
}

package live.sluice.node.api;

import live.sluice.node.config.IceServerSection;

/** Tells of a STUN or TURN server as RFC 9725, section 4.6, says it. */
final class LinkHeader {
  private LinkHeader() {}

  static String of(IceServerSection server) {
    StringBuilder link = new StringBuilder().append('<').append(server.url()).append(">; rel=\"ice-server\"");
    if (!server.username().isEmpty()) {
      link.append("; username=\"")
          .append(server.username())
          .append("\"; credential=\"")
          .append(server.credential())
          .append("\"; credential-type=\"password\"");
    }
    return link.toString();
  }
}

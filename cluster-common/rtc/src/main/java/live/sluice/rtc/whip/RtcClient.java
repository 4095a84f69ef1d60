package live.sluice.rtc.whip;

import live.sluice.media.Session;

/**
 * Who asks by HTTP. Media may come from another address.
 *
 * @param remote its address and port, as in {@link Session#remote()}
 * @param local address of this node that the request came to, without the port: where that is a loopback address, so
 *     must be a candidate that the client can reach
 * @param url what was asked for, with scheme and host as the client said them; may hold a token
 * @param agent its User-Agent; empty where it says none
 * @param pageUrl the web page that asks; empty where it is none
 */
public record RtcClient(String remote, String local, String url, String agent, String pageUrl) {

  /** Tells a session of it, as the API shows it. */
  public void describe(Session session) {
    session.detail("tcUrl", withoutQuery(url));
    if (!agent.isEmpty()) {
      session.detail("agent", agent);
    }
    if (!pageUrl.isEmpty()) {
      session.detail("pageUrl", pageUrl);
    }
  }

  /** Everybody may read the API: a token must not stand there. */
  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}

package live.sluice.rtmp.command;

import live.sluice.container.amf.AmfObject;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself in {@code connect} (RTMP specification, section 7.2.1.1).
 *
 * @param app application, with parameters where there are some
 * @param tcUrl URL of the application
 * @param pageUrl page that the player is in
 * @param agent the client's own name, {@code flashVer}
 */
public record ConnectInfo(String app, String tcUrl, String pageUrl, String agent) {

  /** Reads the command object of {@code connect}. */
  public static ConnectInfo of(AmfObject object) {
    return new ConnectInfo(
        text(object.string("app")),
        text(object.string("tcUrl")),
        text(object.string("pageUrl")),
        text(object.string("flashVer")));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** The longest of the URLs, in characters. */
  public int longest() {
    return Math.max(app.length(), Math.max(tcUrl.length(), pageUrl.length()));
  }
}

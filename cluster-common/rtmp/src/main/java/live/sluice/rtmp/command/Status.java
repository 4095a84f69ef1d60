package live.sluice.rtmp.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The information object of {@code onStatus}, {@code _result} and {@code _error}.
 *
 * @param level {@code status} or {@code error}
 * @param code such as {@code NetStream.Play.Start}
 * @param description for people; of an error, it begins with our own code as in {@code StreamBusy (1002): ...}
 */
public record Status(String level, String code, String description) {
  /** {@code connect} succeeded. */
  public static final String CONNECT_SUCCESS = "NetConnection.Connect.Success";

  /** {@code connect} was refused. */
  public static final String CONNECT_REJECTED = "NetConnection.Connect.Rejected";

  /** The server ends the connection. */
  public static final String CONNECT_CLOSED = "NetConnection.Connect.Closed";

  /** There is no such command. */
  public static final String CALL_FAILED = "NetConnection.Call.Failed";

  /** Publishing may begin. */
  public static final String PUBLISH_START = "NetStream.Publish.Start";

  /** The name is in use or no name. */
  public static final String PUBLISH_BAD_NAME = "NetStream.Publish.BadName";

  /** The publisher may not. */
  public static final String PUBLISH_DENIED = "NetStream.Publish.Denied";

  /** Publishing failed for another reason. */
  public static final String PUBLISH_REJECTED = "NetStream.Publish.Rejected";

  /** The publisher sent nothing. */
  public static final String PUBLISH_IDLE = "NetStream.Publish.Idle";

  /** The publisher said that it ends. */
  public static final String UNPUBLISH_SUCCESS = "NetStream.Unpublish.Success";

  /** What was played before is forgotten. */
  public static final String PLAY_RESET = "NetStream.Play.Reset";

  /** Playing begins. */
  public static final String PLAY_START = "NetStream.Play.Start";

  /** Playing ended by the player's wish. */
  public static final String PLAY_STOP = "NetStream.Play.Stop";

  /** Nobody publishes the stream. */
  public static final String PLAY_NOT_FOUND = "NetStream.Play.StreamNotFound";

  /** The publisher is gone. */
  public static final String PLAY_UNPUBLISH = "NetStream.Play.UnpublishNotify";

  /** Playing failed for another reason. */
  public static final String PLAY_FAILED = "NetStream.Play.Failed";

  /** Paused. */
  public static final String PAUSE = "NetStream.Pause.Notify";

  /** No longer paused. */
  public static final String UNPAUSE = "NetStream.Unpause.Notify";

  /** Sought. */
  public static final String SEEK = "NetStream.Seek.Notify";

  private static final Pattern OUR_CODE = Pattern.compile("^\\w+ \\((\\d{1,5})\\)");

  /** Good news. */
  public static Status ok(String code, String description) {
    return new Status("status", code, description);
  }

  /** Bad news, with our own code. */
  public static Status error(String code, ErrorCode ours, String description) {
    return new Status("error", code, ours.label() + " (" + ours.number() + "): " + description);
  }

  /** What a refused publisher is told. */
  public static Status publishRefused(ErrorCode ours, String why) {
    String code =
        switch (ours) {
          case STREAM_BUSY, STREAM_NAME_INVALID, PUBLISH_REPLACED -> PUBLISH_BAD_NAME;
          case UNAUTHORIZED, KICKED -> PUBLISH_DENIED;
          case PUBLISH_IDLE -> PUBLISH_IDLE;
          default -> PUBLISH_REJECTED;
        };
    return error(code, ours, why);
  }

  /** What a player is told whose stream ended or was never there. */
  public static Status playEnded(ErrorCode ours, String why) {
    return switch (ours) {
      case STREAM_NOT_FOUND, STREAM_NAME_INVALID -> error(PLAY_NOT_FOUND, ours, why);
      case STREAM_ENDED, OK -> ok(PLAY_UNPUBLISH, why);
      default -> error(PLAY_FAILED, ours, why);
    };
  }

  /** The object as read. */
  public static Status of(AmfObject object) {
    return new Status(text(object, "level"), text(object, "code"), text(object, "description"));
  }

  private static String text(AmfObject object, String name) {
    String value = object.string(name);
    return value == null ? "" : value;
  }

  /** The object to write. */
  public AmfObject toAmf() {
    return AmfObject.object().put("level", level).put("code", code).put("description", description);
  }

  /** Whether it is bad news. */
  public boolean isError() {
    return level.equals("error");
  }

  /** Our own code where a server of ours says one, else the nearest to the status code. */
  public ErrorCode errorCode() {
    ErrorCode said = saidCode();
    if (said != null) {
      return said;
    }
    String lower = code.toLowerCase(Locale.ROOT);
    if (lower.endsWith("publish.badname")) {
      return ErrorCode.STREAM_BUSY;
    }
    if (lower.endsWith("streamnotfound")) {
      return ErrorCode.STREAM_NOT_FOUND;
    }
    if (lower.endsWith("unpublishnotify") || lower.endsWith("play.stop") || lower.endsWith("play.complete")) {
      return ErrorCode.STREAM_ENDED;
    }
    if (lower.endsWith("denied")) {
      return ErrorCode.UNAUTHORIZED;
    }
    return ErrorCode.UPSTREAM_FAILED;
  }

  private @Nullable ErrorCode saidCode() {
    Matcher matcher = OUR_CODE.matcher(description);
    if (matcher.find()) {
      int number = Integer.parseInt(matcher.group(1));
      for (ErrorCode each : ErrorCode.values()) {
        if (each.number() == number) {
          return each;
        }
      }
    }
    return null;
  }
}

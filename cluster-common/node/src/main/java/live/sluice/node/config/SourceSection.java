package live.sluice.node.config;

/**
 * A foreign server that some streams are pulled from. Every key stands in {@code reference.yaml}.
 *
 * @param match pattern of app/name or vhost/app/name; * stands for any characters
 * @param url where from; ${vhost}, ${app} and ${name} stand for parts of the name
 */
public record SourceSection(
    @Matches(value = "[ -~]{1,512}", words = "a pattern such as cameras/*") String match,
    @Matches(value = "(rtmp|http)://[!-~]{1,2048}", words = "a URL that begins with rtmp:// or http://") String url) {

  /** What holds where the file says nothing. */
  public static SourceSection defaults() {
    return new SourceSection("", "");
  }
}

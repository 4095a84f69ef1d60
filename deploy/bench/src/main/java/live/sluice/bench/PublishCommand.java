package live.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import live.sluice.bench.clip.Clip;
import live.sluice.bench.clip.FlvClip;
import live.sluice.bench.clip.SyntheticClip;
import live.sluice.bench.load.PublishLoad;
import live.sluice.bench.load.PublishOptions;
import live.sluice.bench.load.Target;
import live.sluice.bench.measure.PublishSummary;
import live.sluice.bench.measure.RunRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes by RTMP, WHIP or plain RTP. Exit status 1 when a publisher was refused or cut off. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = "Publish a stream by RTMP, WHIP or plain RTP, or many.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:all published to the end", "1:a publisher failed or was cut off"})
final class PublishCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "URL",
      description = "rtmp://host/app/stream, whip://host/app/stream, http://host:1985/app/stream/whip or rtp://host:port;"
          + " {n} in it is the publisher's number, from 0; without it and with several publishers the number is appended to"
          + " the stream's name")
  private String url = "";

  @Mixin private final RunOptions run = new RunOptions();

  @Option(names = "--file", paramLabel = "FLV", description = "an FLV file with H.264 or HEVC, again and again")
  private @Nullable Path file;

  @Option(
      names = "--bitrate",
      paramLabel = "B",
      defaultValue = "1M",
      converter = BitrateConverter.class,
      description = "without a file: of each stream, by RTMP 128 kb/s of it sound (${DEFAULT-VALUE})")
  private long bitrate;

  @Option(names = "--fps", paramLabel = "N", defaultValue = "30", description = "pictures a second (${DEFAULT-VALUE})")
  private double fps;

  @Option(names = "--gop", paramLabel = "T", defaultValue = "2s", description = "between keyframes (${DEFAULT-VALUE})")
  private Duration gop = Duration.ofSeconds(2);

  @Option(names = "--for", paramLabel = "T", description = "how long, after the warm-up; without it until Ctrl-C")
  private @Nullable Duration duration;

  @Override
  public Integer call() {
    run.check();
    Target target = Target.of(url);
    boolean packets =
        switch (target.protocol()) {
          case RTMP -> false;
          case WHIP -> true;
          case RTP -> {
            if (run.count > 1) {
              throw new BenchException("one publisher at a time sends plain RTP: the ports are its own");
            }
            yield true;
          }
          default ->
              throw new BenchException(
                  "streams are published to rtmp://host/app/stream, whip://host/app/stream or rtp://host:port, not to "
                      + url);
        };
    Path from = file;
    Clip clip = from == null ? synthetic(packets) : FlvClip.read(from);
    String source =
        from == null ? "synthetic, " + fps + " fps, keyframes each " + gop.toMillis() + " ms" : "file " + from.getFileName();
    PublishOptions options =
        new PublishOptions(
            target,
            run.count,
            clip,
            source,
            clip.pictureNanos(),
            run.ramp,
            run.warmup,
            duration == null ? Duration.ofDays(365) : duration,
            run.threads,
            run.pid,
            run.token);
    RunRecord record = LiveRun.of(observer -> PublishLoad.run(options, observer), run.json);
    PublishSummary publish = record.publish();
    return publish != null && publish.failed() == 0 && publish.disconnected() == 0 ? 0 : 1;
  }

  private Clip synthetic(boolean packets) {
    if (fps <= 0 || fps > 1_000) {
      throw new BenchException("--fps must be from 1 to 1000");
    }
    // The sound of WebRTC is silence in Opus, of hardly any bits.
    return packets ? SyntheticClip.ofPictures(bitrate, fps, gop) : SyntheticClip.of(bitrate, fps, gop);
  }
}

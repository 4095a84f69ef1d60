package live.sluice.bench.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import live.sluice.bench.measure.Distribution;
import live.sluice.bench.measure.GeneratorFigures;
import live.sluice.bench.measure.PlaySummary;
import live.sluice.bench.measure.PublishSummary;
import live.sluice.bench.measure.RunRecord;
import live.sluice.bench.measure.ServerFigures;

/** A run in some lines of text. */
public final class Summary {
  private final PrintStream out;

  private Summary(PrintStream out) {
    this.out = out;
  }

  /** Prints it. */
  public static void print(RunRecord record, PrintStream out) {
    new Summary(out).print(record);
  }

  private void print(RunRecord record) {
    PlaySummary play = record.play();
    if (play != null) {
      play(play);
    }
    PublishSummary publish = record.publish();
    if (publish != null) {
      publish(publish);
    }
    ServerFigures server = record.server();
    if (server != null) {
      line("server",
          String.format(Locale.ROOT, "%.1f %% of a core (user %.1f, system %.1f), %.1f %% per Gb/s, %.1f MB",
          server.cpuPercent(), server.userPercent(), server.systemPercent(), server.cpuPercentPerGbps(), server.rssBytes() / 1e6));
    }
    GeneratorFigures generator = record.generator();
    line("generator",
        String.format(Locale.ROOT, "%.1f %% of a core, busiest loop %.1f %%, lag p99 %.1f ms, %.1f MB",
        generator.cpuPercent(), generator.loopBusyPercent(), generator.loopLagP99Ms(), generator.rssBytes() / 1e6));
    for (String warning : record.warnings()) {
      line("WARNING", warning);
    }
  }

  private void play(PlaySummary play) {
    line("players",
        String.format(Locale.ROOT, "%d of %d played, %d failed, %d disconnected",
        play.played(), play.players(), play.failed(), play.disconnected()));
    reasons(play.reasons());
    line("received",
        String.format(Locale.ROOT, "%.1f Mb/s over %.1f s, %d frames",
        play.megabitsPerSecond(), play.seconds(), play.frames()));
    distribution("join", play.joinMs());
    distribution("keyframe", play.joinKeyframeMs());
    distribution("latency", play.latencyMs());
    if (play.latencyMs().count() > 0) {
      line("", String.format(Locale.ROOT, "p99 of the worst player %.1f ms", play.worstClientP99Ms()));
    }
    line("stalls",
        String.format(Locale.ROOT, "%d, of %d players, %.1f s in sum",
        play.stalls().count(), play.stalls().players(), play.stalls().totalMs() / 1e3));
    line("timestamps",
        String.format(Locale.ROOT, "%d gaps (%d not at a keyframe), %d steps back",
        play.gaps(), play.gapsWithoutKeyframe(), play.stepsBack()));
    PlaySummary.Packets packets = play.packets();
    if (packets != null) {
      packets(packets);
    }
    PlaySummary.Delivered delivered = play.delivered();
    if (delivered != null) {
      inTime("in time", delivered.pictures(), delivered.pictureDeadlineMs());
      inTime("sound", delivered.sound(), delivered.soundDeadlineMs());
    }
    PlaySummary.Slow slow = play.slow();
    if (slow != null) {
      line("slow",
          String.format(Locale.ROOT, "%d players stopped reading: %d stalled, %d gaps, %s",
          slow.players(), slow.stalled(), slow.gaps(),
          slow.resumedAtKeyframe() ? "each went on with a keyframe" : "NOT each went on with a keyframe"));
      distribution("", slow.latencyMs());
    }
  }

  private void packets(PlaySummary.Packets packets) {
    line("packets",
        String.format(Locale.ROOT, "%d received, %d lost (%.3f %%), %d of them recovered, %d reordered, %d twice",
        packets.received(), packets.lost(), packets.lostPercent(), packets.recovered(), packets.reordered(),
        packets.duplicates()));
    line("", String.format(Locale.ROOT, "%d pictures never whole, %d packets and %d keyframes asked for, %d rejected",
        packets.brokenPictures(), packets.nacked(), packets.keyframeRequests(), packets.rejected()));
  }

  private void inTime(String name, PlaySummary.PacketsInTime packets, double deadlineMs) {
    line(name,
        String.format(Locale.ROOT, "%d of %d packets within %.0f ms, %d came later",
        packets.inTime(), packets.expected(), deadlineMs, packets.received() - packets.inTime()));
    distribution("", packets.latencyMs());
  }

  private void publish(PublishSummary publish) {
    line("publishers",
        String.format(Locale.ROOT, "%d of %d published, %d failed, %d disconnected",
        publish.published(), publish.publishers(), publish.failed(), publish.disconnected()));
    reasons(publish.reasons());
    line("sent",
        String.format(Locale.ROOT, "%.1f Mb/s over %.1f s, %d frames, %d dropped",
        publish.megabitsPerSecond(), publish.seconds(), publish.frames(), publish.dropped()));
    distribution("join", publish.joinMs());
    distribution("late", publish.lateMs());
    PublishSummary.Feedback feedback = publish.feedback();
    if (feedback != null) {
      line("asked",
          String.format(Locale.ROOT, "%d packets again, %d of them sent, %d keyframes",
          feedback.nacked(), feedback.resent(), feedback.keyframeRequests()));
    }
  }

  private void reasons(Map<String, Integer> reasons) {
    reasons.forEach((reason, count) -> line("", String.format(Locale.ROOT, "%d: %s", count, reason)));
  }

  private void distribution(String name, Distribution of) {
    if (of.count() > 0) {
      line(name, String.format(Locale.ROOT, "p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f ms",
          of.p50(), of.p90(), of.p99(), of.p999(), of.max()));
    }
  }

  private void line(String name, String text) {
    out.printf("%-11s%s%n", name, text);
  }
}

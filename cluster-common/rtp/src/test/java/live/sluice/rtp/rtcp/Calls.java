package live.sluice.rtp.rtcp;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a reader calls. */
final class Calls implements RtcpListener {
  final List<String> all = new ArrayList<>();

  @Override
  public void onSenderReport(SenderReport report) {
    all.add(report.toString());
  }

  @Override
  public void onReportBlock(int reporter, ReportBlock block) {
    all.add(reporter + " " + block);
  }

  @Override
  public void onCname(int ssrc, String cname) {
    all.add("cname " + ssrc + " " + cname);
  }

  @Override
  public void onBye(int ssrc) {
    all.add("bye " + ssrc);
  }

  @Override
  public void onNack(int mediaSsrc, int sequence) {
    all.add("nack " + mediaSsrc + " " + sequence);
  }

  @Override
  public void onTransportFeedback(TransportFeedback feedback) {
    StringBuilder line = new StringBuilder("feedback ").append(feedback.number()).append(':');
    for (int i = 0; i < feedback.count(); i++) {
      if (feedback.received(i)) {
        line.append(' ').append(feedback.baseSequence() + i & 0xffff).append('@').append(feedback.arrivalTicks(i));
      }
    }
    all.add(line.toString());
  }

  @Override
  public void onPli(int mediaSsrc) {
    all.add("pli " + mediaSsrc);
  }

  @Override
  public void onFir(int mediaSsrc, int number) {
    all.add("fir " + mediaSsrc + " " + number);
  }

  @Override
  public void onRemb(long bitsPerSecond) {
    all.add("remb " + bitsPerSecond);
  }
}

package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import live.sluice.rtp.wire.HeaderExtension;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to a section.
 *
 * @param offered the section
 * @param direction which way media goes, from our side; null if the section is rejected
 * @param formats payload types that are taken
 * @param lines attributes of its own, without {@code a=}
 */
record AnsweredSection(
    MediaSection offered, @Nullable Direction direction, List<Integer> formats, List<String> lines) {

  /** A section that gets no port; RFC 3264, section 6. */
  static AnsweredSection rejected(MediaSection offered) {
    return new AnsweredSection(offered, null, List.of(), List.of());
  }

  /** A section that stays, and carries nothing. */
  static AnsweredSection inactive(MediaSection offered) {
    List<OfferedCodec> codecs = OfferedCodecs.of(offered).all();
    if (codecs.isEmpty()) {
      // An answer must name a format of the offer.
      return rejected(offered);
    }
    AnsweredSection section =
        new AnsweredSection(offered, Direction.INACTIVE, new ArrayList<>(), new ArrayList<>());
    section.codec(codecs.getFirst(), null, Feedback.NONE, codecs.getFirst().parameters());
    return section;
  }

  /** A section that carries media. */
  static AnsweredSection live(MediaSection offered, Direction direction, ExtensionIds extensions) {
    AnsweredSection section = new AnsweredSection(offered, direction, new ArrayList<>(), new ArrayList<>());
    for (HeaderExtension extension : extensions.all()) {
      section.lines.add("extmap:" + extensions.id(extension) + ' ' + extension.uri());
    }
    return section;
  }

  /** Adds a codec, with its RTX where there is one. */
  void codec(OfferedCodec codec, @Nullable OfferedCodec rtx, Feedback feedback, String parameters) {
    int payloadType = codec.payloadType();
    formats.add(payloadType);
    lines.add("rtpmap:" + payloadType + ' ' + codec.mapping());
    for (String kind : feedback.kinds()) {
      lines.add("rtcp-fb:" + payloadType + ' ' + kind);
    }
    if (!parameters.isEmpty()) {
      lines.add("fmtp:" + payloadType + ' ' + parameters);
    }
    if (rtx != null) {
      formats.add(rtx.payloadType());
      lines.add("rtpmap:" + rtx.payloadType() + ' ' + rtx.mapping());
      lines.add("fmtp:" + rtx.payloadType() + " apt=" + payloadType);
    }
  }
}

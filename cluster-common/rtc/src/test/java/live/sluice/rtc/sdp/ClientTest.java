package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.rtp.wire.HeaderExtension;
import org.junit.jupiter.api.Test;

/** Our own client's offers against our own answers. */
class ClientTest {

  @Test
  void aPublishersOfferAndItsAnswerAgree() {
    String offer =
        OfferBuilder.publish(Sdp.LOCAL, "bench")
            .audio(List.of(Codec.OPUS), 11)
            .video(List.of(Codec.H264), 21, 22)
            .build();
    PublishNegotiation negotiation = Sdp.publish(SessionDescription.parse(offer));
    Answer answer = Answer.parse(negotiation.answer(Sdp.LOCAL));

    IncomingTrack video = negotiation.tracks().get(1);
    assertThat(video.sources()).containsExactly(new Source(21, 22));
    assertThat(answer.dtlsClient()).isTrue();
    assertThat(answer.transport().lite()).isTrue();
    assertThat(answer.transport().ufrag()).isEqualTo(Sdp.LOCAL.ufrag());
    assertThat(answer.transport().candidates()).isEqualTo(Sdp.LOCAL.candidates());
    assertThat(answer.tracks()).hasSize(2);
    Answer.Track taken = answer.tracks().get(1);
    assertThat(taken.codec()).isEqualTo(Codec.H264);
    assertThat(taken.direction()).isEqualTo(Direction.RECVONLY);
    assertThat(taken.payloadType()).isEqualTo(video.payloadType()).isEqualTo(OfferBuilder.payloadType(Codec.H264));
    assertThat(taken.rtxPayloadType()).isEqualTo(video.rtxPayloadType());
    assertThat(taken.feedback()).isEqualTo(new Feedback(true, true, true, true, true));
    assertThat(taken.extensions().id(HeaderExtension.TRANSPORT_CC))
        .isEqualTo(video.extensions().id(HeaderExtension.TRANSPORT_CC))
        .isPositive();
  }

  @Test
  void aPlayersOfferFindsEveryCodec() {
    String offer =
        OfferBuilder.play(Sdp.LOCAL)
            .audio(List.of(Codec.OPUS, Codec.G711A), 0)
            .video(List.of(Codec.H264, Codec.VP8, Codec.VP9, Codec.AV1, Codec.HEVC), 0, 0)
            .build();
    for (Codec codec : List.of(Codec.H264, Codec.VP8, Codec.VP9, Codec.AV1, Codec.HEVC)) {
      PlayNegotiation negotiation =
          Sdp.play(SessionDescription.parse(offer), Sdp.video(codec, ""), Sdp.opus());
      Answer answer = Answer.parse(negotiation.answer(Sdp.LOCAL));
      assertThat(answer.tracks()).extracting(Answer.Track::codec).containsExactly(Codec.OPUS, codec);
      OutgoingTrack video = negotiation.tracks().get(1);
      assertThat(answer.tracks().get(1).sources()).containsExactly(new Source(video.ssrc(), video.rtxSsrc()));
    }
  }

  @Test
  void anAnswerThatTakesNothingIsRefused() {
    String offer = OfferBuilder.play(Sdp.LOCAL).audio(List.of(Codec.OPUS), 0).build();
    String answer = Sdp.play(SessionDescription.parse(offer), Sdp.opus()).answer(Sdp.LOCAL);

    assertThatThrownBy(() -> Answer.parse(answer.replace("a=sendonly", "a=inactive")))
        .isInstanceOf(SluiceException.class);
    assertThatThrownBy(() -> Answer.parse("")).isInstanceOf(SluiceException.class);
  }
}

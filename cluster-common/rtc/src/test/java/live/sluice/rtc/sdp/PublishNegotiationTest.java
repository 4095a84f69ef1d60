package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.HeaderExtension;
import org.junit.jupiter.api.Test;

class PublishNegotiationTest {

  @Test
  void ffmpegsOfferIsTakenAndThisSideBeginsTheHandshake() {
    PublishNegotiation negotiation = Sdp.publish(Sdp.offer("ffmpeg-publish"));

    assertThat(negotiation.dtlsClient()).isTrue();
    assertThat(negotiation.transport().ufrag()).isEqualTo("3c9a1e77");
    IncomingTrack audio = negotiation.tracks().get(0);
    assertThat(audio.track()).isEqualTo(new RtpTrack(0, Codec.OPUS, 48_000, 2, ""));
    assertThat(audio.rtxPayloadType()).isEqualTo(IncomingTrack.NO_RTX);
    assertThat(audio.sources()).containsExactly(new Source((int) 3_915_172_842L, null));
    IncomingTrack video = negotiation.tracks().get(1);
    assertThat(video.track().codec()).isEqualTo(Codec.H264);
    assertThat(video.payloadType()).isEqualTo(106);
    assertThat(video.rtxPayloadType()).isEqualTo(105);
    assertThat(video.sources()).containsExactly(new Source((int) 2_463_185_511L, 1_188_034_420));
    assertThat(video.feedback()).isEqualTo(new Feedback(true, false, false, false, false));
    assertThat(video.streamId()).isEqualTo("FFmpeg");
  }

  @Test
  void ffmpegsAnswerHasAllThatItLooksFor() {
    String answer = Sdp.publish(Sdp.offer("ffmpeg-publish")).answer(Sdp.LOCAL);

    assertThat(Sdp.section(answer, -1))
        .containsExactly(
            "v=0",
            "o=- 77 1 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=ice-lite",
            "a=group:BUNDLE 0 1",
            "a=extmap-allow-mixed",
            "a=msid-semantic: WMS *");
    assertThat(Sdp.section(answer, 0))
        .containsExactly(
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            "a=candidate:1 1 udp 2130706431 192.0.2.1 8000 typ host",
            "a=end-of-candidates",
            "a=ice-ufrag:ufrg",
            "a=ice-pwd:passwordpasswordpasswor",
            "a=fingerprint:sha-256 " + Sdp.LOCAL.fingerprint().value(),
            "a=setup:active",
            "a=mid:0",
            "a=recvonly",
            "a=rtcp-mux",
            "a=rtpmap:111 opus/48000/2");
    assertThat(Sdp.section(answer, 1))
        .containsExactly(
            "m=video 9 UDP/TLS/RTP/SAVPF 106 105",
            "c=IN IP4 0.0.0.0",
            "a=ice-ufrag:ufrg",
            "a=ice-pwd:passwordpasswordpasswor",
            "a=fingerprint:sha-256 " + Sdp.LOCAL.fingerprint().value(),
            "a=setup:active",
            "a=mid:1",
            "a=recvonly",
            "a=rtcp-mux",
            "a=rtcp-rsize",
            "a=rtpmap:106 H264/90000",
            "a=rtcp-fb:106 nack",
            "a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
            "a=rtpmap:105 rtx/90000",
            "a=fmtp:105 apt=106");
  }

  @Test
  void aBundleThatNamesASectionThatIsNotThereIsTaken() {
    PublishNegotiation negotiation = Sdp.publish(Sdp.offer("ffmpeg-video-only"));

    assertThat(negotiation.tracks()).hasSize(1);
    assertThat(negotiation.answer(Sdp.LOCAL)).contains("a=group:BUNDLE 1\r\n");
  }

  @Test
  void obsOfferIsTakenWithStereoAndItsCandidates() {
    PublishNegotiation negotiation = Sdp.publish(Sdp.offer("obs-publish"));

    assertThat(negotiation.dtlsClient()).isFalse();
    assertThat(negotiation.transport().fingerprint().value()).startsWith("1F:8B:4C");
    assertThat(negotiation.transport().candidates())
        .contains("candidate:1 1 UDP 2114977535 192.0.2.17 50462 typ host")
        .hasSize(2);
    IncomingTrack video = negotiation.tracks().get(1);
    assertThat(video.feedback()).isEqualTo(new Feedback(true, true, false, true, false));
    assertThat(video.extensions().id(HeaderExtension.MID)).isEqualTo(1);
    assertThat(video.extensions().id(HeaderExtension.TRANSPORT_CC)).isEqualTo(ExtensionIds.ABSENT);
    String answer = negotiation.answer(Sdp.LOCAL);
    assertThat(Sdp.section(answer, 0))
        .contains("a=setup:passive", "a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;useinbandfec=1");
    assertThat(Sdp.section(answer, 1))
        .contains("a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid", "a=rtcp-fb:96 nack pli");
  }

  @Test
  void layersAreAnsweredAsTheyAreOfferedAndToldFromTheLeast() {
    PublishNegotiation negotiation = Sdp.publish(Sdp.offer("obs-simulcast"));

    IncomingTrack video = negotiation.tracks().get(1);
    assertThat(video.track().layers()).containsExactly("2", "1", "0");
    assertThat(video.extensions().id(HeaderExtension.RID)).isEqualTo(2);
    assertThat(video.sources()).isEmpty();
    assertThat(Sdp.section(negotiation.answer(Sdp.LOCAL), 1))
        .contains("a=rid:0 recv", "a=rid:1 recv", "a=rid:2 recv", "a=simulcast:recv 0;1;2")
        .contains("a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id");
  }

  @Test
  void chromiumsFirstCodecIsTakenWithAllItKnows() {
    PublishNegotiation negotiation = Sdp.publish(Sdp.offer("chromium-publish"));

    IncomingTrack video = negotiation.tracks().get(1);
    assertThat(video.track().codec()).isEqualTo(Codec.VP8);
    assertThat(video.feedback()).isEqualTo(new Feedback(true, true, true, true, true));
    assertThat(video.rtxPayloadType()).isEqualTo(video.payloadType() + 1);
    for (HeaderExtension extension :
        List.of(HeaderExtension.MID, HeaderExtension.ABS_SEND_TIME, HeaderExtension.TRANSPORT_CC)) {
      assertThat(video.extensions().has(extension)).isTrue();
    }
    IncomingTrack audio = negotiation.tracks().get(0);
    assertThat(audio.track().codec()).isEqualTo(Codec.OPUS);
    assertThat(audio.feedback().transportCc()).isTrue();
  }

  @Test
  void ofChromiumsManyProfilesTheOneThatAllDecodeIsTaken() {
    PublishNegotiation negotiation =
        PublishNegotiation.of(Sdp.offer("chromium-publish"), Set.of(Codec.H264, Codec.OPUS));

    RtpTrack video = negotiation.tracks().get(1).track();
    assertThat(FormatParameters.parse(video.parameters()).is("packetization-mode", "1")).isTrue();
    assertThat(H264Profile.of(FormatParameters.parse(video.parameters())).kind())
        .isEqualTo(H264Profile.Kind.CONSTRAINED_BASELINE);
  }

  @Test
  void everyCodecOfChromiumsCanBeTheOnlyOne() {
    for (Codec codec : List.of(Codec.H264, Codec.VP8, Codec.VP9, Codec.AV1)) {
      PublishNegotiation negotiation = PublishNegotiation.of(Sdp.offer("chromium-publish"), Set.of(codec, Codec.OPUS));
      assertThat(negotiation.tracks().get(1).track().codec()).isEqualTo(codec);
    }
  }

  @Test
  void aCodecThatIsNotTakenNamesTheSectionAndBothSides() {
    refused(
        Sdp.offer("ffmpeg-publish", "H264/90000", "H263/90000"),
        ErrorCode.SDP_UNSUPPORTED,
        "m-section 1 (video, mid 1) has no codec that is taken here (AV1, H264, H265, PCMA, PCMU, VP8, VP9, opus)",
        "H263/90000");
  }

  @Test
  void aDataChannelIsRefusedByName() {
    String text =
        Sdp.text("ffmpeg-publish").replace("BUNDLE 0 1", "BUNDLE 0 1 2")
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n";
    refused(
        SessionDescription.parse(text), ErrorCode.SDP_UNSUPPORTED, "m-section 2 (application, mid 2) can't be served");
  }

  @Test
  void aSectionThatReceivesIsRefused() {
    refused(
        Sdp.offer("obs-publish", "a=sendonly", "a=recvonly"),
        ErrorCode.SDP_UNSUPPORTED,
        "m-section 0 (audio, mid 0) is recvonly");
  }

  @Test
  void sectionsThatWouldNeedPortsOfTheirOwnAreRefused() {
    refused(Sdp.offer("obs-publish", "a=rtcp-mux\r\n", ""), ErrorCode.SDP_UNSUPPORTED, "rtcp-mux");
    refused(Sdp.offer("obs-publish", "BUNDLE 0 1", "BUNDLE 0"), ErrorCode.SDP_UNSUPPORTED, "m-section 1", "bundled");
  }

  @Test
  void sectionsThatAreRejectedOrInactiveStayAndCarryNothing() {
    PublishNegotiation inactive =
        Sdp.publish(Sdp.offer("ffmpeg-publish", "a=mid:0\r\na=sendonly", "a=mid:0\r\na=inactive"));
    assertThat(inactive.tracks()).hasSize(1);
    assertThat(Sdp.section(inactive.answer(Sdp.LOCAL), 0)).contains("a=inactive");

    PublishNegotiation rejected = Sdp.publish(Sdp.offer("ffmpeg-publish", "m=audio 9", "m=audio 0"));
    String answer = rejected.answer(Sdp.LOCAL);
    assertThat(answer).contains("a=group:BUNDLE 1\r\n");
    assertThat(Sdp.section(answer, 0)).first().isEqualTo("m=audio 0 UDP/TLS/RTP/SAVPF 111");
    assertThat(Sdp.section(answer, 1)).contains("a=candidate:1 1 udp 2130706431 192.0.2.1 8000 typ host");
  }

  @Test
  void contradictionsAreInvalid() {
    refused(Sdp.offer("obs-publish", "ice-pwd:Lw2Mt3vUOqbJYHZ0dEm0hR", "ice-pwd:x"), ErrorCode.SDP_INVALID, "password");
    refused(Sdp.offer("obs-publish", "a=ice-ufrag:hH4f\r\n", ""), ErrorCode.SDP_INVALID, "ice-ufrag");
    refused(Sdp.offer("obs-publish", "sha-256 1F:8B", "sha-256 1F:8"), ErrorCode.SDP_INVALID, "fingerprint");
    refused(Sdp.offer("obs-publish", "a=setup:actpass", "a=setup:sometimes"), ErrorCode.SDP_INVALID, "setup");
    refused(Sdp.offer("obs-publish", "a=rtpmap:96 H264/90000", "a=rtpmap:96 H264"), ErrorCode.SDP_INVALID, "rtpmap");
    refused(Sdp.offer("obs-publish", "SAVPF 96", "SAVPF 96 96"), ErrorCode.SDP_INVALID, "payload type 96 twice");
    refused(
        Sdp.offer("obs-publish", "a=extmap:2 ", "a=extmap:1 "), ErrorCode.SDP_INVALID, "extension '1' is another one");
    refused(Sdp.offer("ffmpeg-publish", "a=ssrc:2463185511 cname", "a=ssrc:x cname"), ErrorCode.SDP_INVALID, "SSRC");
  }

  @Test
  void aFingerprintByAHashOfOldIsRefused() {
    refused(Sdp.offer("obs-publish", "fingerprint:sha-256", "fingerprint:md5"), ErrorCode.SDP_UNSUPPORTED, "sha-256");
  }

  @Test
  void layersWithoutTheExtensionThatTellsThemApartAreRefused() {
    refused(
        Sdp.offer("obs-simulcast", "a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n", ""),
        ErrorCode.SDP_UNSUPPORTED,
        "m-section 1",
        "rtp-stream-id");
  }

  @Test
  void payloadTypesThatWouldBeTakenForRtcpAreLeftOut() {
    String text = Sdp.text("ffmpeg-video-only").replace("SAVPF 106", "SAVPF 72").replace(":106 ", ":72 ");
    refused(SessionDescription.parse(text), ErrorCode.SDP_UNSUPPORTED, "nothing that is known");
  }

  private static void refused(SessionDescription offer, ErrorCode code, String... parts) {
    assertThatThrownBy(() -> Sdp.publish(offer))
        .isInstanceOf(SluiceException.class)
        .hasMessageContainingAll(parts)
        .extracting(e -> ((SluiceException) e).code())
        .isEqualTo(code);
  }
}

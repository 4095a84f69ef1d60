package live.sluice.container.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import live.sluice.container.amf.Amf0;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import live.sluice.media.Track.AudioFormat;
import live.sluice.media.codec.Tracks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlvBodyReaderTest {
  private static final String AVC_CONFIG =
      "0142c01effe100196742c01ed890280bfe5c0440000003004000000c83c58b898001000568c888cb20";

  private final FlvBodyReader reader = new FlvBodyReader();

  @Test
  void readsAvcConfigurationKeyframesAndOthers() {
    Track track = seen(FlvType.VIDEO, "1700000000" + AVC_CONFIG, "config key 0 " + AVC_CONFIG);
    assertThat(track.video().width()).isEqualTo(640);

    assertThat(seen(FlvType.VIDEO, "1701000050" + "0000000165", "key 80 0000000165")).isSameAs(track);
    assertThat(seen(FlvType.VIDEO, "2701ffffd8" + "0000000141", "-40 0000000141")).isSameAs(track);
  }

  @Test
  void readsAConfigurationThatIsRepeated() {
    Track track = seen(FlvType.VIDEO, "1700000000" + AVC_CONFIG, "config key 0 " + AVC_CONFIG);

    assertThat(seen(FlvType.VIDEO, "1700000000" + AVC_CONFIG, "config key 0 " + AVC_CONFIG)).isSameAs(track);
  }

  @Test
  void readsAac() {
    Track track = seen(FlvType.AUDIO, "af00" + "1210", "config key 0 1210");
    assertThat(track.audio()).isEqualTo(new AudioFormat(44100, 2, "LC"));

    assertThat(seen(FlvType.AUDIO, "af01" + "2118", "key 0 2118")).isSameAs(track);
  }

  @Test
  void readsAudioWithoutConfiguration() {
    assertThat(seen(FlvType.AUDIO, "2f" + "fffb9064", "key 0 fffb9064").audio())
        .isEqualTo(new AudioFormat(44100, 2, ""));
    assertThat(seen(FlvType.AUDIO, "72" + "d5", "key 0 d5").codec()).isEqualTo(Codec.G711A);
    assertThat(seen(FlvType.AUDIO, "82" + "ff", "key 0 ff").codec()).isEqualTo(Codec.G711U);
    assertThat(seen(FlvType.AUDIO, "b6" + "35", "key 0 35").codec()).isEqualTo(Codec.OTHER_AUDIO);
  }

  @Test
  void makesATrackAnewWhenTheKindOfAudioChanges() {
    seen(FlvType.AUDIO, "52" + "01", "key 0 01");
    assertThat(seen(FlvType.AUDIO, "62" + "01", "key 0 01").audio().sampleRate()).isEqualTo(5512);
    assertThat(seen(FlvType.AUDIO, "af01" + "01", "key 0 01").codec()).isEqualTo(Codec.AAC);
    assertThat(seen(FlvType.AUDIO, "62" + "01", "key 0 01").codec()).isEqualTo(Codec.OTHER_AUDIO);
  }

  @Test
  void readsEnhancedVideo() {
    assertThat(seen(FlvType.VIDEO, "91" + "68766331" + "000028" + "0000000126", "key 40 0000000126").codec())
        .isEqualTo(Codec.HEVC);
    seen(FlvType.VIDEO, "a3" + "68766331" + "0000000102", "0 0000000102");
    seen(FlvType.VIDEO, "91" + "61763031" + "1200", "key 0 1200");
    seen(FlvType.VIDEO, "91" + "61766331" + "000050" + "0000000165", "key 80 0000000165");
    assertThat(reader.video().codec()).isEqualTo(Codec.H264);
  }

  @Test
  void readsEnhancedAudio() {
    Track opus = seen(FlvType.AUDIO, "904f707573" + "4f707573486561640101", "config key 0 4f707573486561640101");
    assertThat(opus.codec()).isEqualTo(Codec.OPUS);
    assertThat(seen(FlvType.AUDIO, "914f707573" + "fc", "key 0 fc")).isSameAs(opus);
    assertThat(seen(FlvType.AUDIO, "906d703461" + "1210", "config key 0 1210").codec()).isEqualTo(Codec.AAC);
    assertThat(seen(FlvType.AUDIO, "912e6d7033" + "fffb9064", "key 0 fffb9064").codec()).isEqualTo(Codec.MP3);
  }

  @Test
  void readsHevcUnderTheCodeThatIsNoStandard() {
    assertThat(seen(FlvType.VIDEO, "1c01000000" + "0000000126", "key 0 0000000126").codec()).isEqualTo(Codec.HEVC);
  }

  @Test
  void passesOverExtensionsOfTheHeader() {
    seen(FlvType.VIDEO, "97" + "02" + "00012c" + "01" + "68766331" + "000000" + "0000000126", "key 0 0000000126");
    String two = "97" + "02" + "00012c" + "07" + "00" + "ff" + "03";
    seen(FlvType.VIDEO, two + "68766331" + "0000000126", "key 0 0000000126");
    seen(FlvType.VIDEO, "97" + "ff" + "0000" + "aa" + "03" + "68766331" + "0000000126", "key 0 0000000126");
    seen(FlvType.AUDIO, "97" + "02" + "00012c" + "01" + "4f707573" + "fc", "key 0 fc");
  }

  @Test
  void takesTheFirstOfManyTracks() {
    seen(FlvType.VIDEO, "96" + "03" + "68766331" + "00" + "0000000126", "key 0 0000000126");
    String second = "01" + "000002" + "ffff";
    String first = "00" + "000005" + "0000000126";
    seen(FlvType.VIDEO, "96" + "13" + "68766331" + second + first, "key 0 0000000126");
    seen(FlvType.VIDEO, "96" + "23" + "61766331" + second + "68766331" + first, "key 0 0000000126");
    assertThat(reader.video().codec()).isEqualTo(Codec.HEVC);
    seen(FlvType.AUDIO, "95" + "01" + "4f707573" + "00" + "fc", "key 0 fc");
  }

  @ParameterizedTest
  @CsvSource({
    "9, 1702000000", // end of sequence
    "9, 1702",
    "9, 17",
    "9, 5700", // a command to the player
    "9, d2", // the same, enhanced
    "9, 9268766331", // end of sequence, enhanced
    "9, d46876633102000a636f6c6f72496e666f05", // colour metadata
    "9, 9568766331aa", // for MPEG-2 TS
    "9, 9f68766331aa", // yet to be invented
    "9, 960368766331010000000126", // the second of many tracks
    "9, 964368766331000000000126", // a layout of tracks yet to be invented
    "9, 1701000000", // no picture
    "9, 1700000000",
    "8, af00",
    "8, af",
    "8, 944f70757301020000000000",
    "18, 02000f40636c656172446174614672616d65",
    "18, 02000d40736574446174614672616d65",
    "20, 05",
  })
  void givesNothingForBodiesThatCarryNothing(int type, String hex) {
    assertThat(read(type, hex)).isNull();
  }

  @Test
  void givesNothingForAnEmptyBody() {
    assertThat(reader.read(FlvType.VIDEO, 0, Unpooled.EMPTY_BUFFER)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1703000000aa", // no such packet type
        "1701", // cut short
        "91687663", // cut short
        "9168766331aabb",
        "97",
        "97050001",
        "961368766331000000ff00", // a track that is longer than the body
        "170000000000ff" // no configuration record
      })
  void refusesBrokenVideo(String hex) {
    assertThatThrownBy(() -> read(FlvType.VIDEO, hex))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
  }

  @Test
  void refusesConfigurationsAndMetadataThatAreTooLarge() {
    String large = "00".repeat(Tracks.MAX_CONFIG + 1);
    for (String[] body :
        new String[][] {
          {"9", "1700000000" + large},
          {"9", "9068766331" + large},
          {"9", "9076766331" + large},
          {"8", "af00" + large},
          {"8", "90664c6143" + large},
          {"18", "02000a6f6e4d65746144617461" + large}
        }) {
      assertThatThrownBy(() -> read(Integer.parseInt(body[0]), body[1]))
          .isInstanceOfSatisfying(SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }
  }

  @Test
  void takesMetadataOutOfItsWrapping() {
    AmfObject metadata = AmfObject.ecmaArray().put("width", 640);
    ByteBuf body = Unpooled.buffer();
    Amf0.write(body, "@setDataFrame", "onMetaData", metadata);

    Frame frame = reader.read(FlvType.SCRIPT, 5, body);

    assertThat(frame.kind()).isEqualTo(MediaKind.DATA);
    assertThat(frame.config()).isTrue();
    assertThat(Amf0.readAll(frame.payload().duplicate())).containsExactly("onMetaData", metadata);
    frame.release();
  }

  @Test
  void passesOtherScriptDataThrough() {
    String cue = "02000a6f6e437565506f696e74" + "05";
    Frame frame = read(FlvType.SCRIPT, cue);

    assertThat(frame.config()).isFalse();
    assertThat(ByteBufUtil.hexDump(frame.payload())).isEqualTo(cue);
    frame.release();
  }

  @Test
  void borrowsTheBodyAndSharesItsMemory() {
    ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer();
    body.writeBytes(HexFormat.of().parseHex("af01" + "2118"));

    Frame frame = reader.read(FlvType.AUDIO, 0, body);

    assertThat(body.refCnt()).isEqualTo(2);
    assertThat(frame.payload().memoryAddress() + frame.payload().readerIndex()).isEqualTo(body.memoryAddress() + 2);
    assertThat(frame.payload().readableBytes()).isEqualTo(2);
    frame.release();
    body.release();
  }

  @ParameterizedTest
  @CsvSource({
    "9, 1701000050aa, 1701000050aa",
    "9, 2701ffffd8aa, 2701ffffd8aa",
    "9, 9361766331aa, 1701000000aa", // H.264 has a legacy header
    "9, 1c01000000aa, 9368766331aa", // HEVC has none
    "9, 9168766331000000aa, 9368766331aa", // a composition time of 0 is left out
    "9, a168766331000028aa, a168766331000028aa",
    "9, 9361763031aa, 9161763031aa",
    "9, 9176703039aa, 9176703039aa",
    "9, 9176703038aa, 9176703038aa",
    "9, 9176766331000028aa, 9176766331000028aa", // VVC is only passed through
    "9, 9376766331aa, 9376766331aa",
    "9, 32aa, 22aa", // Sorenson, disposable
    "9, 14aabb, 14aabb", // VP6
    "8, af01aa, af01aa",
    "8, 916d703461aa, af01aa",
    "8, 914f707573aa, 914f707573aa",
    "8, 9161632d33aa, 9161632d33aa",
    "8, 2ffffb9064, 2ffffb9064",
    "8, 2efffb90c4, 2efffb90c4", // mono
    "8, efffe318c4, e2ffe318c4", // 8 kHz
    "8, 72aa, 72aa",
    "8, 82aa, 82aa",
    "8, b6aa, b6aa", // Speex
    "8, 52aa, 52aa", // Nellymoser
  })
  void isWrittenInTheFormThatMostPlayersRead(int type, String in, String out) {
    Frame frame = read(type, in);
    ByteBuf body = Unpooled.buffer();
    FlvBody.header(frame, body);
    assertThat(body.readableBytes()).isEqualTo(FlvBody.headerLength(frame));
    body.writeBytes(frame.payload().duplicate());

    assertThat(ByteBufUtil.hexDump(body)).isEqualTo(out);
    assertThat(FlvBody.tagType(frame)).isEqualTo(type);
    frame.release();
  }

  private Track seen(int type, String hex, String expected) {
    Frame frame = read(type, hex);
    String seen =
        (frame.config() ? "config " : "")
            + (frame.keyframe() ? "key " : "")
            + frame.compositionOffset()
            + " "
            + ByteBufUtil.hexDump(frame.payload());
    assertThat(seen).isEqualTo(expected);
    assertThat(frame.dts()).isEqualTo(7);
    frame.release();
    return frame.track();
  }

  private Frame read(int type, String hex) {
    return reader.read(type, 7, Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }
}

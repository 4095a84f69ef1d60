package live.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import live.sluice.rtp.wire.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpReaderTest {
  private static final String PLI = "81ce0002 00000001 00000002";

  private final RtcpReader reader = new RtcpReader();
  private final Calls calls = new Calls();

  private boolean read(String packet) {
    return reader.read(Hex.bytes(packet), calls);
  }

  @Test
  void aSenderReportIsReadWithItsBlocks() {
    boolean whole =
        read(
            "81c8000c 00000001 0102030405060708 ffffffff 80000000 00000007"
                + "00000002 80 fffffe 00010005 00000009 0a0b0c0d 00010000");

    assertThat(whole).isTrue();
    assertThat(calls.all)
        .containsExactly(
            new SenderReport(1, 0x0102030405060708L, -1, 0x80000000L, 7).toString(),
            "1 " + new ReportBlock(2, 128, -2, 65_541, 9, 0x0a0b0c0d, 65_536));
  }

  @Test
  void aReceiverReportMayHaveNoBlock() {
    assertThat(read("80c90001 00000001")).isTrue();
    assertThat(calls.all).isEmpty();
  }

  @Test
  void oneCompoundPacketIsReadInOrder() {
    read("80c90001 00000001" + "81ca0003 00000001 0102 6162 00000000" + PLI + "81cb0001 00000001");

    assertThat(calls.all).containsExactly("cname 1 ab", "pli 2", "bye 1");
  }

  @Test
  void otherItemsOfADescriptionArePassedOver() {
    boolean whole = read("81ca0003 00000001 0201 78 0101 79 0000");

    assertThat(calls.all).containsExactly("cname 1 y");
    assertThat(whole).isTrue();
  }

  @Test
  void eachChunkOfADescriptionEndsWithItsWord() {
    boolean whole = read("82ca0006 00000001 0102 6162 00000000" + "00000002 0101 63 00" + "00000000");

    assertThat(calls.all).containsExactly("cname 1 ab", "cname 2 c");
    assertThat(whole).isTrue();
  }

  @Test
  void aNackNamesAPacketAndThoseBehindIt() {
    read("81cd0004 00000001 00000002 fffe 8005 0010 0000");

    assertThat(calls.all).containsExactly("nack 2 65534", "nack 2 65535", "nack 2 1", "nack 2 14", "nack 2 16");
  }

  @Test
  void aFirHasAnEntryForEachStream() {
    read("84ce0006 00000001 00000000 00000002 07000000 00000003 ff000000");

    assertThat(calls.all).containsExactly("fir 2 7", "fir 3 255");
  }

  @Test
  void anEstimateIsAMantissaAndAnExponent() {
    read("8fce0006 00000001 00000000 52454d42 02 0bf602 00000002 00000003");

    assertThat(calls.all).containsExactly("remb " + (0x3f602L << 2));
  }

  @Test
  void anEstimatePastAllNumbersIsMalformed() {
    assertThat(read("8fce0005 00000001 00000000 52454d42 01 ffffff 00000002")).isFalse();
    assertThat(read("8fce0004 00000001 00000000 52454d42 01 0bf602")).isFalse();
    assertThat(calls.all).isEmpty();
  }

  @Test
  void transportFeedbackTellsTimesOfAllKindsOfChunk() {
    // Lost and early and late in two bits; a run of three; one bit each for the rest.
    boolean whole =
        read(
            "8fcd0008 00000001 00000002 fffe 0010 000002 09"
                + "d240" // 01 00 10 01 00 00 00: two bits, seven packets
                + "2003" // three of the second kind
                + "aa80" // 1 0 1 0 1 0 ...: one bit, six of fourteen used
                + "04 8001 ff" // 65534, 0, 1
                + "01 02 03" // 5, 6, 7
                + "01 01 01"); // 8, 10, 12

    int first = (2 << 8) + 4;
    int third = first - 32_767 + 255;
    assertThat(calls.all)
        .containsExactly(
            "feedback 9: 65534@%s 0@%s 1@%s 5@%s 6@%s 7@%s 8@%s 10@%s 12@%s"
                .formatted(
                    first,
                    first - 32_767,
                    third,
                    third + 1,
                    third + 3,
                    third + 6,
                    third + 7,
                    third + 8,
                    third + 9));
    assertThat(whole).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8fcd0004 00000001 00000002 0001 0001 000002 09", // no chunk
        "8fcd0005 00000001 00000002 0001 0000 000002 09 2001 0100", // of no packet
        "8fcd0005 00000001 00000002 0001 ffff 000002 09 1fff 1fff", // of too many
        "8fcd0005 00000001 00000002 0001 0003 000002 09 2003 0101", // a delta missing
        "8fcd0005 00000001 00000002 0001 0001 000002 09 6001 0101", // the reserved symbol
        "8fcd0005 00000001 00000002 0001 0003 000002 09 0000 0000", // runs of none
      })
  void malformedTransportFeedbackIsNotTold(String packet) {
    assertThat(read(packet)).isFalse();
    assertThat(calls.all).isEmpty();
  }

  @Test
  void unknownKindsArePassedOver() {
    boolean whole =
        read(
            "80cc0002 00000001 41424344" // APP
                + "80cf0001 00000001" // XR
                + "82cd0002 00000001 00000002" // another format of RTPFB
                + "83ce0002 00000001 00000002" // and of PSFB
                + "8fce0003 00000001 00000002 41424344" // another application
                + PLI);

    assertThat(whole).isTrue();
    assertThat(calls.all).containsExactly("pli 2");
  }

  @Test
  void behindAMalformedPacketNothingIsRead() {
    assertThat(read(PLI + "81c90001 00000001" + PLI)).isFalse();

    assertThat(calls.all).containsExactly("pli 2");
    assertThat(reader.malformed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80c900",
        "40c90001 00000001", // version 1
        "80c90002 00000001", // longer than the datagram
        "80c90000", // no SSRC
        "81c8000b 00000001 0102030405060708 ffffffff 80000000 00000007"
            + "00000002 80 fffffe 00010005 00000009 0a0b0c0d", // half a block
        "82cb0001 00000001", // one source of two
        "81ca0002 00000001 01056162", // an item that leaves its packet
        "81ca0002 00000001 02026162", // no end of items
        "81ca0002 00000001 02016101", // half an item
        "81ca0000", // no chunk
        "81cd0002 00000001 00000002", // a NACK for nothing
        "81ce0001 00000001", // a PLI for nobody
        "84ce0003 00000001 00000002 00000003", // half a FIR
        "a1ce0002 00000001 00000000", // padding of no bytes
        "a0c90001 00000009", // more padding than packet
        "a0c90000" // padding in no body
      })
  void malformedPacketsAreCounted(String packet) {
    assertThat(read(packet)).isFalse();
    assertThat(calls.all).isEmpty();
    assertThat(reader.malformed()).isEqualTo(1);
  }

  @Test
  void paddingIsNotReadAsContent() {
    assertThat(read("a1cd0004 00000001 00000002 0005 0000 00000004")).isTrue();
    assertThat(calls.all).isEqualTo(List.of("nack 2 5"));
  }
}

package live.sluice.rtp.payload;

import java.util.List;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/** A publisher of H.264 whose numbers soon wrap, and the depacketizer that its packets are given to. */
final class AvcPictures {
  static final RtpTrack TRACK = Payloads.track(Codec.H264);
  static final byte[] IDR = Payloads.filled(500, 0x65, 0x88);
  static final byte[] DELTA = Payloads.filled(300, 0x41, 0x9a);

  private static final long MS = 1_000_000;

  final RecordingUnits units = new RecordingUnits();
  int sequence = 65_530;
  private int timestamp = -6000;
  private Depacketizer depacketizer = Depacketizer.of(TRACK, Payloads.ALLOCATOR, units);

  Depacketizer depacketizer() {
    return depacketizer;
  }

  void close() {
    depacketizer.close();
  }

  void poll(long ms) {
    depacketizer.poll(ms * MS);
  }

  /** The next packet is of the next picture. */
  void next() {
    timestamp += 3000;
  }

  void use(DepacketizerSettings settings) {
    depacketizer.close();
    depacketizer = Depacketizer.of(TRACK, Payloads.ALLOCATOR, units, settings);
  }

  void use(RtpTrack track) {
    depacketizer.close();
    depacketizer = Depacketizer.of(track, Payloads.ALLOCATOR, units);
  }

  /** A keyframe in two packets: its parameter sets, and its slice. */
  List<RtpPacket> key() {
    byte[] sets =
        Payloads.join(
            new byte[] {0x78, 0, (byte) Payloads.SPS.length},
            Payloads.SPS,
            new byte[] {0, (byte) Payloads.PPS.length},
            Payloads.PPS);
    List<RtpPacket> packets = List.of(packet(false, sets), packet(true, IDR));
    timestamp += 3000;
    return packets;
  }

  List<RtpPacket> delta() {
    List<RtpPacket> packets = List.of(packet(true, DELTA));
    timestamp += 3000;
    return packets;
  }

  RtpPacket packet(boolean marker, byte[] payload) {
    return Payloads.packet(TRACK, sequence++ & 0xffff, timestamp, marker, payload);
  }

  void all(List<RtpPacket> packets, long ms) {
    packets.forEach(packet -> send(packet, ms));
  }

  void send(RtpPacket packet, long ms) {
    depacketizer.receive(packet, ms * MS);
    packet.release();
  }

  static void drop(List<RtpPacket> packets) {
    packets.forEach(RtpPacket::release);
  }
}

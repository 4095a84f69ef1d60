package live.sluice.rtp.payload;

import java.util.List;
import live.sluice.rtp.RtpPacket;

/** Puts the payloads of one picture's packets together. */
interface PictureAssembler {
  /** The packets of one picture, none missing between the first and the last; borrowed. */
  Assembled assemble(List<RtpPacket> packets);

  /** Packets are missing before the next picture. */
  void lost();
}

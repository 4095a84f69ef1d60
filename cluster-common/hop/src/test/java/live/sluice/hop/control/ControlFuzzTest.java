package live.sluice.hop.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Whatever comes is a message, nothing, or refused with a code; what was read can be said again. */
class ControlFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void anyMessage(byte[] data) {
    read(data);
  }

  static void read(byte[] data) {
    try {
      ControlMessage message = ControlCodec.read(data);
      if (message != null && !(message instanceof ControlMessage.NotUnderstood)) {
        ControlCodec.bytes(message);
      }
    } catch (SluiceException refused) {
      assertThat(refused.code()).isIn(ErrorCode.PROTOCOL_ERROR, ErrorCode.STREAM_NAME_INVALID);
    }
  }
}

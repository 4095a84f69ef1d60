package live.sluice.rtc.stun;

import static live.sluice.rtc.stun.StunAttribute.HEADER_BYTES;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks over the attributes of a message once, and holds the bounds of each. */
final class StunParser {
  /** So many unknown attributes are told to who sent them. */
  private static final int MAX_UNKNOWN = 8;

  private static final int MAX_REASON_BYTES = 763;

  private StunParser() {}

  static @Nullable StunMessage parse(ByteBuf bytes) {
    if (!StunHeader.matches(bytes)) {
      return null;
    }
    StunType type = StunType.of(bytes.getUnsignedShort(bytes.readerIndex()));
    if (type == null) {
      return null;
    }
    StunMessage message = new StunMessage(bytes, type);
    int at = message.start + StunHeader.BYTES;
    int end = bytes.writerIndex();
    while (at < end) {
      // The length of a message is a multiple of 4, and so is that of every attribute with its padding.
      int length = bytes.getUnsignedShort(at + 2);
      int next = at + HEADER_BYTES + StunAttribute.padded(length);
      if (next > end || message.hasFingerprint || !attribute(message, at, length, next == end)) {
        return null;
      }
      at = next;
    }
    return message;
  }

  /** Takes one attribute; false where it is malformed. */
  private static boolean attribute(StunMessage message, int at, int length, boolean last) {
    int type = message.bytes.getUnsignedShort(at);
    if (type == StunAttribute.FINGERPRINT) {
      message.hasFingerprint = true;
      return last
          && length == Fingerprint.VALUE_BYTES
          && message.bytes.getInt(at + HEADER_BYTES) == Fingerprint.of(message.bytes, message.start, at);
    }
    // Anybody on the way can append to what was signed; RFC 8489, section 14.5.
    return message.hasIntegrity() || signed(message, type, at, length);
  }

  private static boolean signed(StunMessage message, int type, int at, int length) {
    ByteBuf bytes = message.bytes;
    int value = at + HEADER_BYTES;
    return switch (type) {
      case StunAttribute.MESSAGE_INTEGRITY -> {
        message.integrityAt = at;
        yield length == IntegrityKey.VALUE_BYTES;
      }
      case StunAttribute.USERNAME -> {
        if (message.usernameAt == 0) {
          message.usernameAt = value;
          message.usernameLength = length;
        }
        yield length <= StunUsername.MAX_BYTES;
      }
      case StunAttribute.PRIORITY -> {
        if (length == 4 && message.priority < 0) {
          message.priority = bytes.getUnsignedInt(value);
        }
        yield length == 4;
      }
      case StunAttribute.USE_CANDIDATE -> {
        message.useCandidate = true;
        yield length == 0;
      }
      case StunAttribute.ICE_CONTROLLING, StunAttribute.ICE_CONTROLLED ->
          role(message, type, value, length);
      case StunAttribute.XOR_MAPPED_ADDRESS -> {
        InetSocketAddress address = XorAddress.read(bytes, message.start, value, length);
        if (message.mappedAddress == null) {
          message.mappedAddress = address;
        }
        yield address != null;
      }
      case StunAttribute.ERROR_CODE -> errorCode(message, value, length);
      default -> {
        if (!StunAttribute.understood(type) && message.unknown.length < MAX_UNKNOWN) {
          message.unknown = Arrays.copyOf(message.unknown, message.unknown.length + 1);
          message.unknown[message.unknown.length - 1] = type;
        }
        yield true;
      }
    };
  }

  private static boolean role(StunMessage message, int type, int value, int length) {
    if (length != 8) {
      return false;
    }
    if (!message.controlling && !message.controlled) {
      message.controlling = type == StunAttribute.ICE_CONTROLLING;
      message.controlled = !message.controlling;
      message.tieBreaker = message.bytes.getLong(value);
    }
    return true;
  }

  /** RFC 8489, section 14.8: hundreds and the rest stand in bytes of their own. */
  private static boolean errorCode(StunMessage message, int value, int length) {
    if (length < 4 || length > 4 + MAX_REASON_BYTES) {
      return false;
    }
    int hundreds = message.bytes.getByte(value + 2) & 7;
    int rest = message.bytes.getUnsignedByte(value + 3);
    if (hundreds < 3 || hundreds > 6 || rest > 99) {
      return false;
    }
    if (message.errorCode == 0) {
      message.errorCode = hundreds * 100 + rest;
    }
    return true;
  }
}

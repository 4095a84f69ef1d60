package live.sluice.rtmp;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Socket addresses as text. */
final class Addresses {
  private Addresses() {}

  /** As {@code 192.0.2.1:1234} or {@code [2001:db8::1]:1234}. */
  static String text(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet ? NetUtil.toSocketAddressString(inet) : String.valueOf(address);
  }
}

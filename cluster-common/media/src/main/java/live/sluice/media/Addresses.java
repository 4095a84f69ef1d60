package live.sluice.media;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Socket addresses as text. */
public final class Addresses {
  private Addresses() {}

  /** As {@code 192.0.2.1:1234} or {@code [2001:db8::1]:1234}. */
  public static String text(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet ? NetUtil.toSocketAddressString(inet) : String.valueOf(address);
  }
}

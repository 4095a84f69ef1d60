package live.sluice.cluster;

import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * An address with its port. Hazelcast takes one without a port for "some port near 5701", and nodes that should be one
 * cluster then silently form several; hence the port is asked for.
 */
record HostAndPort(String host, int port) {

  static HostAndPort parse(String key, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    String digits = text.substring(colon + 1);
    boolean good =
        !host.isBlank()
            && text.length() <= 300
            && (brackets || host.indexOf(':') < 0)
            && digits.matches("[0-9]{1,5}")
            && Integer.parseInt(digits) >= 1
            && Integer.parseInt(digits) <= 65_535;
    if (!good) {
      throw new SluiceException(
          ErrorCode.CONFIG_INVALID, key + ": '" + text + "' is not host:port (the port is needed, from 1 to 65535)");
    }
    return new HostAndPort(brackets ? host.substring(1, host.length() - 1) : host, Integer.parseInt(digits));
  }
}

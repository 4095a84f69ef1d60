/*
 * Part of the same package as kwik's classes, to read what they show to that package only; under the same licence as kwik:
 * the GNU Lesser General Public License, version 3 or later. It comes without any warranty.
 */
package tech.kwik.core.impl;

import tech.kwik.core.QuicConnection;
import tech.kwik.core.send.SenderImpl;

/** The way from a connection to its sender. */
public final class Senders {
  private Senders() {}

  /** The sender of a connection. */
  public static SenderImpl of(QuicConnection connection) {
    return ((QuicConnectionImpl) connection).getSender();
  }
}

/**
 * ICE, RFC 8445: the lite agent of a node, a small controlling one for clients of our own, candidates, and the framing
 * of packets over TCP. Agents do no I/O: they are handed what came, and hand out what is to be sent.
 */
@NullMarked
package live.sluice.rtc.ice;

import org.jspecify.annotations.NullMarked;

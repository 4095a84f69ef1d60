/**
 * RTMP: a server for publishers and players, a client for both, and the wire form that all players share. Handshake,
 * chunks and commands have packages of their own.
 */
@NullMarked
package live.sluice.rtmp;

import org.jspecify.annotations.NullMarked;

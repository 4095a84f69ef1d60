/**
 * The floor that servers are compared with: the bytes of a recorded stream sent to as many sockets as come, by a C program
 * that does little else than call writev. It is in the module's resources, and compiled where it is used.
 */
@NullMarked
package live.sluice.bench.floor;

import org.jspecify.annotations.NullMarked;

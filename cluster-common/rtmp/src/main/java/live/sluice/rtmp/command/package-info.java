/**
 * Commands and their answers (RTMP specification, section 7.2), and the names that they hold: which stream of which
 * virtual host a client means.
 */
@NullMarked
package live.sluice.rtmp.command;

import org.jspecify.annotations.NullMarked;

/**
 * The tools of the system tests: processes that are always ended, clips, recorders and players of each protocol. Nothing
 * here asserts what the server does, apart from reading its answers strictly.
 */
@NullMarked
package live.sluice.systemtest.kit;

import org.jspecify.annotations.NullMarked;

/**
 * What the tests of all modules share. With it on the class path, every test class is failed by a buffer that it leaks.
 */
@NullMarked
package live.sluice.media.testing;

import org.jspecify.annotations.NullMarked;

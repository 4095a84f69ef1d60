/** The other ends of links, for the tests of all modules that have some. */
@NullMarked
package live.sluice.hop.testing;

import org.jspecify.annotations.NullMarked;

/** What the two ends of a link say to each other on its stream of control. */
@NullMarked
package live.sluice.hop.control;

import org.jspecify.annotations.NullMarked;

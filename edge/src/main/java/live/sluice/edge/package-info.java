/** The edge: serves players from what it pulls, and passes a publish on to an origin. */
@NullMarked
package live.sluice.edge;

import org.jspecify.annotations.NullMarked;

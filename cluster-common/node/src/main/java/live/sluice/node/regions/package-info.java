/** The node among the nodes of all regions: links that stand between regions, what is announced over them, and hubs. */
@NullMarked
package live.sluice.node.regions;

import org.jspecify.annotations.NullMarked;

/** Who a node is to other nodes: its certificate and key, and the authority that signs those of all nodes. */
@NullMarked
package live.sluice.hop.identity;

import org.jspecify.annotations.NullMarked;

/**
 * Who may publish and play on a node, the same for every protocol. How a credential is shown is the protocol's part,
 * whether it is good is decided here.
 */
@NullMarked
package live.sluice.node.auth;

import org.jspecify.annotations.NullMarked;

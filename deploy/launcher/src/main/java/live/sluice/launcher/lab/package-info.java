/**
 * {@code ./sluice lab}: regions as network namespaces of this machine, a cluster in each, and long ways between them that
 * are as slow and as lossy as one likes. A region is one namespace with all of its nodes, each on an address of its own;
 * a further namespace, {@code wan}, joins the regions and belongs to whatever makes the delay.
 */
@NullMarked
package live.sluice.launcher.lab;

import org.jspecify.annotations.NullMarked;

/**
 * The page that every node shows at its HTTP port, and the scripts it runs on. All of it is in memory from the start,
 * so that serving it reads no file and no path of a request can name one.
 */
@NullMarked
package live.sluice.node.web;

import org.jspecify.annotations.NullMarked;

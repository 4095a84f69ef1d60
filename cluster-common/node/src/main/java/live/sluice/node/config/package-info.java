/**
 * The configuration of a node: a tree of records, read from YAML, environment and command line. Everything is checked
 * before anything starts, and all problems are told at once.
 */
@NullMarked
package live.sluice.node.config;

import org.jspecify.annotations.NullMarked;

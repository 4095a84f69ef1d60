package live.sluice.node.config;

/** A record that is written as one value, and is no section with keys of its own. */
sealed interface OneValue permits DataSize, BitRate {}

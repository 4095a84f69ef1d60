package live.sluice.rtc;

/**
 * Numbers of the header extensions that a publisher's packets may have, the same in all its tracks; 0 for none.
 *
 * @param mid name of the media section
 * @param rid name of the simulcast layer
 * @param repairedRid name of the layer that a packet sent again belongs to
 * @param transportCc number of the packet among all of the connection
 */
record IngestExtensions(int mid, int rid, int repairedRid, int transportCc) {}

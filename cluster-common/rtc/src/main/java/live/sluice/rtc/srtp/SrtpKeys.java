package live.sluice.rtc.srtp;

/**
 * What a DTLS handshake gives, RFC 5764, section 4.2: master keys and salts of both directions.
 *
 * @param profile how packets are protected
 * @param sendKey of what this side sends
 * @param sendSalt of what this side sends
 * @param receiveKey of what this side receives
 * @param receiveSalt of what this side receives
 */
public record SrtpKeys(
    SrtpProfile profile, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {}

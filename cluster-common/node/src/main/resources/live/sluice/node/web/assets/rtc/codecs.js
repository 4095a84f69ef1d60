// Offers one codec alone, with what helps it, so that there is no doubt what is sent.

/** The label on the page is the name of the codec in SDP. */
export function prefer(transceiver, codec) {
  const all = RTCRtpReceiver.getCapabilities('video').codecs;
  const sendable = new Set(RTCRtpSender.getCapabilities('video').codecs.map(key));
  const usable = transceiver.direction === 'sendonly' ? all.filter((each) => sendable.has(key(each))) : all;
  const wanted = usable.filter((each) => each.mimeType.toUpperCase() === `VIDEO/${codec.toUpperCase()}`);
  if (wanted.length === 0) {
    throw new Error(`this browser has no ${codec}`);
  }
  wanted.sort((a, b) => rank(a) - rank(b));
  transceiver.setCodecPreferences([...wanted, ...usable.filter((each) => /\/rtx$/i.test(each.mimeType))]);
}

/** What this browser can send, of the names given. */
export function sendable(names) {
  const has = new Set(RTCRtpSender.getCapabilities('video').codecs.map(({mimeType}) => mimeType.toUpperCase()));
  return names.filter((name) => has.has(`VIDEO/${name}`));
}

/** Of H.264: pictures in several packets first, and of those the profile that every browser and phone decodes. */
function rank({sdpFmtpLine = ''}) {
  const fragments = sdpFmtpLine.includes('packetization-mode=1') ? 0 : 2;
  return fragments + (/profile-level-id=42e0/i.test(sdpFmtpLine) ? 0 : 1);
}

function key({mimeType, clockRate, sdpFmtpLine}) {
  return [mimeType, clockRate, sdpFmtpLine].join(' ').toLowerCase();
}

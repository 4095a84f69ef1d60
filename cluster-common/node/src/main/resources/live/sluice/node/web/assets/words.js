// Codecs, durations and errors as people say them.

const LABELS = {H264: 'H.264', AVC: 'H.264', H265: 'HEVC', HEVC: 'HEVC', OPUS: 'Opus'};
const VIDEO = new Set(['H264', 'AVC', 'H265', 'HEVC', 'AV1', 'VP8', 'VP9']);
const AUDIO = new Set(['AAC', 'MP3', 'OPUS', 'G711A', 'G711U']);
const H264_PROFILES = {66: 'Baseline', 77: 'Main', 88: 'Extended', 100: 'High', 110: 'High 10', 122: 'High 4:2:2'};

/** The directory's name of a codec: H264. */
export function codecLabel(codec) {
  return LABELS[codec.toUpperCase()] ?? codec;
}

/** {audio, video}: true, false, or undefined where the codecs do not tell. */
export function tracksOf(codecs) {
  const names = codecs.map((codec) => codec.toUpperCase());
  if (names.length === 0 || names.some((name) => !VIDEO.has(name) && !AUDIO.has(name))) {
    return {audio: undefined, video: undefined};
  }
  return {audio: names.some((name) => AUDIO.has(name)), video: names.some((name) => VIDEO.has(name))};
}

export function isHevc(codecs) {
  return codecs.some((codec) => ['HEVC', 'H265'].includes(codec.toUpperCase()));
}

/** A codec as RFC 6381 has it: avc1.64001f. */
export function codecWords(codec) {
  const text = codec ?? '';
  const avc = /^avc[13]\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})/i.exec(text);
  if (avc) {
    const profile = H264_PROFILES[parseInt(avc[1], 16)] ?? '';
    return `H.264 ${profile} ${(parseInt(avc[2], 16) / 10).toFixed(1)}`.replace('  ', ' ');
  }
  if (/^(hvc1|hev1)/i.test(text)) {
    return 'HEVC';
  }
  if (/^av01/i.test(text)) {
    return 'AV1';
  }
  if (/^vp09/i.test(text)) {
    return 'VP9';
  }
  if (/^(mp3$|mp4a\.(69|6b|40\.34))/i.test(text)) {
    return 'MP3';
  }
  if (/^mp4a\.40/i.test(text)) {
    return 'AAC';
  }
  return codecLabel(text);
}

/** 95 s: "1 min". */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min`;
  }
  const hours = Math.floor(whole / 3600);
  if (hours < 10) {
    return `${hours} h ${Math.floor((whole % 3600) / 60)} min`;
  }
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

/** An HTTP status that a media URL gave. */
export function statusWords(status) {
  switch (status) {
    case 400: return 'The node refuses this name.';
    case 401:
    case 403: return 'The node wants a token for this stream, or does not accept the one given.';
    case 404: return 'Nobody publishes this stream at the moment.';
    case 421: return 'This node may not serve this stream.';
    case 429: return 'There are too many connections from here.';
    case 503: return 'The node takes no more players now: it is full, or it is stopping.';
    default: return `The node answered with HTTP status ${status}.`;
  }
}

// The page that plays by WHEP.

import {byId, setText} from '../dom.js';
import {pathOf} from '../urls.js';
import {prefer} from './codecs.js';
import {readReceived} from './meter.js';
import {endpoint, readOptions, typedStream} from './options.js';
import {Stage} from './stage.js';
import {bits, milliseconds, percent, Tiles} from './tiles.js';

const tiles = new Tiles([
  {label: 'Join time', title: 'From the request to the first picture', value: (s) => s.joinMs, words: milliseconds},
  {label: 'Bit rate', title: 'Picture and sound', value: (s) => s.bitrate, words: bits, chart: true},
  {label: 'Frame rate', title: 'Frames decoded', value: (s) => s.fps, words: (v) => `${Math.round(v)} fps`, chart: true},
  {label: 'Loss', title: 'Packets that did not come, after all was asked for again', value: (s) => s.loss, words: percent, chart: true},
  {label: 'Round trip', title: 'To the node and back', value: (s) => s.rtt, words: milliseconds, chart: true},
  {label: 'Jitter buffer', title: 'How long a frame waits so that the next is in time', value: (s) => s.buffer, words: milliseconds, chart: true},
  {label: 'Freezes', title: 'How often, and how long in all', value: (s) => (s.frames > 0 ? `${s.freezes}, ${milliseconds(s.frozen)}` : null), words: String},
  {label: 'Codecs', title: 'Picture and sound', value: (s) => [s.codec, s.audioCodec].filter(Boolean).join(', ') || null, words: String},
  {label: 'Picture', title: 'Width and height', value: (s) => (s.width ? `${s.width}×${s.height}` : null), words: String},
  {label: 'Way', title: 'How and where media comes from', value: (s) => s.path, words: String},
]);
const stage = new Stage(tiles, readReceived);
const form = byId('form');
const fields = form.elements;
const video = byId('video');
const given = readOptions(form);

stage.listen(start, stop);
if (given.autostart) {
  start();
}

function start() {
  const stream = typedStream(fields.stream.value);
  if (stream === null) {
    stage.fail('A stream has a name of the form app/name, such as live/livestream.');
    return;
  }
  const settings = {layer: fields.layer.value.trim(), token: fields.token.value};
  setText(byId('title'), pathOf(stream));
  document.title = `${pathOf(stream)} – Sluice`;
  stage.connection.open(async (pc) => {
    const picture = pc.addTransceiver('video', {direction: 'recvonly'});
    pc.addTransceiver('audio', {direction: 'recvonly'});
    if (given.codec) {
      prefer(picture, given.codec);
    }
    const media = new MediaStream();
    pc.addEventListener('track', ({track}) => media.addTrack(track));
    show(pc, media);
    return {url: await endpoint('whep', stream, {layer: settings.layer}), token: settings.token, adapt: inStereo};
  });
}

function stop() {
  stage.connection.close();
  video.srcObject = null;
}

/** A browser decodes Opus to one channel unless the offer says that two are wanted (RFC 7587, section 6.1). */
function inStereo(sdp) {
  return sdp.replace(/^(a=fmtp:\d+ .*useinbandfec=1)$/gm, '$1;stereo=1');
}

function show(pc, media) {
  video.srcObject = media;
  // What keeps it from starting is told by the state; a browser that wants a click shows its own button.
  video.play().catch(() => {});
  const joined = () => {
    if (stage.connection.pc === pc) {
      stage.note({joinMs: performance.now() - stage.connection.askedAt});
    }
  };
  // Of a page that is not in sight no frame is presented, but one is there.
  video.addEventListener('loadeddata', joined, {once: true});
}

// The page that publishes by WHIP.

import {byId, element, setText} from '../dom.js';
import {pathOf} from '../urls.js';
import {prefer, sendable} from './codecs.js';
import {readSent} from './meter.js';
import {endpoint, readOptions, typedStream} from './options.js';
import {openSource} from './sources.js';
import {Stage} from './stage.js';
import {bits, milliseconds, percent, Tiles} from './tiles.js';

const LIMITS = {none: 'none', cpu: 'by CPU', bandwidth: 'by bandwidth', other: 'by something else'};

const tiles = new Tiles([
  {label: 'Bit rate sent', title: 'Picture and sound', value: (s) => s.bitrate, words: bits, chart: true},
  {label: 'Frame rate', title: 'Frames encoded', value: (s) => s.fps, words: (v) => `${Math.round(v)} fps`, chart: true},
  {label: 'Loss', title: 'Of the picture, as the node says', value: (s) => s.loss, words: percent, chart: true},
  {label: 'Round trip', title: 'To the node and back', value: (s) => s.rtt, words: milliseconds, chart: true},
  {label: 'Bandwidth', title: 'What the network is thought to carry', value: (s) => s.available, words: bits, chart: true},
  {label: 'Encoder held back', title: 'What keeps it below the bit rate asked for', value: (s) => s.limitation, words: (v) => LIMITS[v] ?? v},
  {label: 'Codecs', title: 'Picture and sound', value: (s) => [s.codec, s.audioCodec].filter(Boolean).join(', ') || null, words: String},
  {label: 'Picture', title: 'Of the largest layer', value: (s) => (s.width ? `${s.width}×${s.height}` : null), words: String},
  {label: 'Sent again', title: 'Packets that the node asked for', value: (s) => s.retransmitted, words: String},
  {label: 'Keyframes asked for', title: 'By players that join, or after loss', value: (s) => s.plis, words: String},
]);
const stage = new Stage(tiles, readSent);
const form = byId('form');
const fields = form.elements;
const given = readOptions(form);
let source = null;
let turn = 0;

for (const option of [...fields.codec.options]) {
  option.disabled = sendable([option.value]).length === 0;
}

stage.listen(start, stop);
if (given.autostart) {
  start();
}

async function start() {
  const stream = typedStream(fields.stream.value);
  if (stream === null) {
    stage.fail('A stream has a name of the form app/name, such as live/livestream.');
    return;
  }
  const mine = ++turn;
  const settings = {
    codec: fields.codec.value,
    bitrate: fields.bitrate.valueAsNumber * 1000,
    simulcast: fields.simulcast.checked,
    token: fields.token.value,
  };
  stage.busy(true);
  stage.say('Waiting for picture and sound …');
  try {
    const opened = await openSource(fields.source.value, Number(fields.size.value));
    if (mine !== turn) {
      opened.stop();
      return;
    }
    source = opened;
    opened.stream.getTracks().forEach((track) => track.addEventListener('ended', stop));
  } catch (error) {
    if (mine === turn) {
      stage.fail(`No picture: ${error.message}.`);
    }
    return;
  }
  byId('video').srcObject = source.stream;
  setText(byId('title'), pathOf(stream));
  document.title = `${pathOf(stream)} – Publish – Sluice`;
  const href = `/whep.html?stream=${pathOf(stream)}${stream.vhost ? `&vhost=${stream.vhost}` : ''}`;
  byId('watch').replaceChildren('Watch it: ', element('a', {href, target: '_blank'}, pathOf(stream)));
  byId('watch').hidden = false;
  const media = source.stream;
  stage.connection.open(async (pc) => {
    addTracks(pc, media, settings);
    return {url: await endpoint('whip', stream), token: settings.token};
  });
}

function stop() {
  turn++;
  source?.stop();
  source = null;
  byId('video').srcObject = null;
  byId('watch').hidden = true;
  stage.connection.close();
}

function addTracks(pc, media, {codec, bitrate, simulcast}) {
  for (const track of media.getVideoTracks()) {
    // The greatest layer first has the most of what is asked for; each next one a quarter of its pixels.
    const sendEncodings = simulcast
      ? [
        {rid: 'h', maxBitrate: Math.round(bitrate * 0.75)},
        {rid: 'm', maxBitrate: Math.round(bitrate * 0.2), scaleResolutionDownBy: 2},
        {rid: 'l', maxBitrate: Math.round(bitrate * 0.05), scaleResolutionDownBy: 4},
      ]
      : [{maxBitrate: bitrate}];
    prefer(pc.addTransceiver(track, {direction: 'sendonly', streams: [media], sendEncodings}), codec);
  }
  for (const track of media.getAudioTracks()) {
    pc.addTransceiver(track, {direction: 'sendonly', streams: [media]});
  }
}

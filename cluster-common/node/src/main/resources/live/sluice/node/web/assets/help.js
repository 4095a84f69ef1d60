// How to publish to the node whose page this is.

import {copyRow} from './copy.js';
import {byId, element, setText} from './dom.js';
import {DEFAULT_VHOST, rtcUrl, rtmpServer} from './urls.js';

const TEST_PICTURE = 'ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -f lavfi -i sine=frequency=440 '
  + '-c:v libx264 -preset veryfast -tune zerolatency -g 60 -pix_fmt yuv420p -c:a aac';

let shown = null;

/** Fills the help, and opens it if there is nothing to play at the first answer. */
export function renderHelp(model) {
  const first = shown === null;
  const now = `${model.rtmpPort} ${model.apiPort} ${model.rtc}`;
  if (shown !== now) {
    shown = now;
    byId('help-body').replaceChildren(...body(rtmpServer('live', model.rtmpPort)), ...(model.rtc ? webRtc(model) : []));
  }
  if (first) {
    byId('help').open = model.streams.length === 0;
  }
  const nothing = model.streams.length === 0;
  setText(byId('help').firstElementChild, nothing ? 'No stream is live. Publish one:' : 'Publish here');
}

function webRtc(model) {
  const whip = rtcUrl({vhost: DEFAULT_VHOST, app: 'live', name: 'demo'}, 'whip', model);
  return [
    element('h3', {}, 'By WebRTC'),
    element('p', {}, element('a', {href: '/whip.html?stream=live/demo'}, 'From this browser'),
      ': camera, screen or a test picture. OBS: Service "WHIP", and the Server below.'),
    element('div', {class: 'copy-list'},
      copyRow('WHIP', whip),
      copyRow('ffmpeg', `${TEST_PICTURE.replace('-c:a aac', '-c:a libopus -ar 48000 -ac 2')} -f whip ${whip}`)),
  ];
}

function body(server) {
  return [
    element('h3', {}, 'A file, with ffmpeg'),
    element('div', {class: 'copy-list'},
      copyRow('Run', `ffmpeg -re -i clip.mp4 -c copy -f flv ${server}/demo`)),
    element('h3', {}, 'A moving test picture with sound'),
    element('div', {class: 'copy-list'}, copyRow('Run', `${TEST_PICTURE} -f flv ${server}/demo`)),
    element('h3', {}, 'OBS: Settings, Stream, Service "Custom"'),
    element('div', {class: 'copy-list'}, copyRow('Server', server), copyRow('Stream key', 'demo')),
    element('p', {}, 'Any node takes a publisher; an edge passes it on to an origin. '
      + 'A keyframe interval of 2 s makes a stream start quickly.'),
  ];
}

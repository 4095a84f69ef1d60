// How to publish to the node whose page this is.

import {copyRow} from './copy.js';
import {byId, element} from './dom.js';
import {rtmpServer} from './urls.js';

let shownPort = null;

/** Fills the help, and opens it as long as there is nothing to play. */
export function renderHelp(model, first) {
  if (shownPort !== model.rtmpPort) {
    shownPort = model.rtmpPort;
    byId('help-body').replaceChildren(...body(rtmpServer('live', model.rtmpPort)));
  }
  if (first) {
    byId('help').open = model.streams.length === 0;
  }
  byId('help').firstElementChild.textContent = model.streams.length === 0 ? 'No stream is live. Publish one:' : 'Publish here';
}

function body(server) {
  return [
    element('h3', {}, 'A file, with ffmpeg'),
    element('div', {class: 'copy-list'}, copyRow('Run', `ffmpeg -re -i clip.mp4 -c copy -f flv ${server}/demo`)),
    element('h3', {}, 'A moving test picture with sound'),
    element('div', {class: 'copy-list'}, copyRow('Run', 'ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -f lavfi -i sine=frequency=440 '
      + `-c:v libx264 -preset veryfast -tune zerolatency -g 60 -pix_fmt yuv420p -c:a aac -f flv ${server}/demo`)),
    element('h3', {}, 'OBS: Settings, Stream, Service "Custom"'),
    element('div', {class: 'copy-list'}, copyRow('Server', server), copyRow('Stream key', 'demo')),
    element('p', {}, 'Any node takes a publisher, an edge passes it on to an origin. A keyframe interval of 2 s makes a stream start quickly.'),
  ];
}

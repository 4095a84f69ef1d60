// Where picture and sound come from: {stream, stop}.

import {startSynthetic} from './synthetic.js';

export async function openSource(kind, height) {
  const size = {width: Math.round(height * 16 / 9), height};
  if (kind === 'synthetic') {
    return startSynthetic(size);
  }
  const devices = navigator.mediaDevices;
  if (!devices) {
    throw new Error('a browser gives camera and screen to pages of https:// and of localhost alone; '
      + 'the test picture can be published from here');
  }
  const video = {width: {ideal: size.width}, height: {ideal: size.height}, frameRate: {ideal: 30}};
  const stream = kind === 'screen'
    ? await devices.getDisplayMedia({video, audio: true})
    : await devices.getUserMedia({video, audio: true});
  return {stream, stop: () => stream.getTracks().forEach((track) => track.stop())};
}

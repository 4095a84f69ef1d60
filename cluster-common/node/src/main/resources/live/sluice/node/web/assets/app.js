// The page: asks for the streams each 2 s, shows them, and plays what is chosen or named in the page's address.

import {byId} from './dom.js';
import {renderHelp} from './help.js';
import {readModel} from './model.js';
import {renderNodes} from './nodes.js';
import {Player} from './player.js';
import {poll} from './poll.js';
import {StreamList} from './stream-list.js';
import {keyOf, readDeepLink} from './urls.js';

const list = new StreamList((stream, type) => player.open(stream, type));
const player = new Player(() => list.mark(player.stream, player.type));
let first = true;

function onAnswer(answer) {
  const model = readModel(answer);
  byId('looking').hidden = true;
  byId('trouble').hidden = true;
  renderNodes(model);
  renderHelp(model);
  list.render(model.streams, model.rtc);
  byId('pages').hidden = !model.rtc;
  openDeepLink(model.streams);
  player.update(model);
  list.mark(player.stream, player.type);
}

/** What is shown stays: it is the best that is known. */
function onTrouble(words) {
  byId('trouble').textContent = `The node does not tell its streams (${words}); asking again.`;
  byId('trouble').hidden = false;
  openDeepLink([]);
}

/** After the first answer, which tells the codecs, or the first failure. */
function openDeepLink(streams) {
  if (!first) {
    return;
  }
  first = false;
  const link = readDeepLink();
  if (link) {
    player.open(streams.find((stream) => keyOf(stream) === keyOf(link.stream)) ?? link.stream, link.type);
  }
}

poll('/streams.json', onAnswer, onTrouble);

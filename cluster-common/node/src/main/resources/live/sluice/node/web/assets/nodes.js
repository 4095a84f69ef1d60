// The nodes of the cluster, and the header's facts about this one.

import {byId, element, setText} from './dom.js';
import {count} from './words.js';

let shownNode = '';
let shownNodes = '';

export function renderNodes({node, nodes, streams}) {
  renderThis(node);
  const players = streams.reduce((sum, stream) => sum + (stream.players ?? 0), 0);
  setText(byId('totals'), [
    count(streams.length, 'stream', 'streams'),
    count(players, 'player', 'players'),
    nodes.length > 0 ? count(nodes.length, 'node', 'nodes') : '',
  ].filter(Boolean).join(' · '));

  const now = JSON.stringify(nodes);
  if (now === shownNodes) {
    return;
  }
  shownNodes = now;
  byId('nodes-section').hidden = nodes.length === 0;
  byId('nodes').replaceChildren(...nodes.map((each) => card(each, node)));
}

function card(each, here) {
  return element('li', {class: `card node ${each.name === here.name ? 'here' : ''}`},
    element('span', {class: 'node-name'}, pageOf(each, here)),
    each.role ? element('span', {class: 'tag'}, each.role) : null,
    each.region ? element('span', {class: 'tag'}, each.region) : null,
    each.state ? element('span', {class: `tag ${stateClass(each.state)}`}, each.state.toLowerCase()) : null);
}

function renderThis(node) {
  const now = JSON.stringify(node);
  if (now === shownNode) {
    return;
  }
  shownNode = now;
  const directory = node.directory.toLowerCase();
  byId('node').replaceChildren(...[
    node.name ? element('span', {class: 'tag strong'}, node.name) : null,
    node.role ? element('span', {class: 'tag'}, node.role) : null,
    node.region ? element('span', {class: 'tag', title: 'region'}, node.region) : null,
    directory ? element('span', {
      class: `tag ${directory === 'ok' ? 'good' : 'warn'}`,
      title: directory === 'ok' ? 'The node reaches the directory of streams' : 'What was last known of other nodes is shown',
    }, `directory ${directory}`) : null,
  ].filter(Boolean));
}

/** The name, as a link to the page of that node where its address is known. */
function pageOf(each, here) {
  if (each.name === here.name) {
    return `${each.name} (here)`;
  }
  const known = /^[\w.:[\]-]+$/.test(each.http);
  return known ? element('a', {href: `${location.protocol}//${each.http}/`}, each.name) : each.name;
}

function stateClass(state) {
  return ['running', 'ready', 'up', 'ok'].includes(state.toLowerCase()) ? 'good' : 'warn';
}

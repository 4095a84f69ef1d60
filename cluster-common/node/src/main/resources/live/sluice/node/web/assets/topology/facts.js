// The tree of the chosen stream as a table, and the way of the chosen session.

import {byId, element, setText} from '../dom.js';
import {delay, loss} from './figures.js';

/** Fills the table of an answer of /api/v1/topology/streams; onSession is told of a session that is clicked. */
export function renderTree(tree, onSession) {
  byId('tree').hidden = !tree;
  if (!tree) {
    return;
  }
  setText(byId('tree-title'), tree.stream);
  const rows = [...tree.nodes].sort((a, b) => depth(a, tree) - depth(b, tree) || a.node.localeCompare(b.node));
  const body = byId('tree-rows');
  while (body.rows.length > rows.length) {
    body.deleteRow(-1);
  }
  rows.forEach((member, i) => fill(body.rows[i] ?? newRow(body, onSession), member));
}

function newRow(body, onSession) {
  const row = body.insertRow();
  for (let i = 0; i < 7; i++) {
    row.insertCell();
  }
  const button = element('button', {type: 'button', click: () => onSession(button.textContent)});
  row.insertCell().append(button);
  return row;
}

function fill(row, {node, pull, viewers, source_session: session}) {
  const words = [node, pull?.from ?? 'publisher', pull ? `${pull.transport}, ${pull.form}` : '',
    pull ? delay(pull.delay_ms) : '', pull ? loss(pull) : '', pull ? String(pull.kbps) : '', String(viewers)];
  words.forEach((text, i) => setText(row.cells[i], text));
  const button = row.cells[7].firstChild;
  setText(button, session);
  button.hidden = !session;
}

/** How many nodes are between one and the publisher. */
function depth(member, tree, steps = 0) {
  const from = member?.pull && tree.nodes.find(({node}) => node === member.pull.from);
  return from && steps < 8 ? depth(from, tree, steps + 1) : steps;
}

/** Shows an answer of /api/v1/topology/sessions; null for none, a text for why there is none. */
export function renderTrace(id, way) {
  byId('trace').hidden = !id;
  if (!id) {
    return;
  }
  setText(byId('trace-title'), `Session ${id}, from here to the publisher`);
  const legs = typeof way === 'string' ? [element('li', {}, way)] : way.legs.map(line);
  const list = byId('trace-legs');
  const shown = legs.map((leg) => leg.textContent).join('\n');
  if ([...list.children].map((leg) => leg.textContent).join('\n') !== shown) {
    list.replaceChildren(...legs);
  }
}

function line(leg) {
  const since = new Date(leg.since_ms).toLocaleTimeString();
  const figures = leg.transport ? ` · ${leg.transport}, round trip ${delay(leg.round_trip_ms)}, one-way ${delay(leg.delay_ms)}, lost ${loss(leg)}` : '';
  return element('li', {}, element('code', {}, leg.session), ` ${leg.type} at ${leg.node} (${leg.region}) `,
    element('span', {}, `${leg.remote} · since ${since}${figures}`));
}

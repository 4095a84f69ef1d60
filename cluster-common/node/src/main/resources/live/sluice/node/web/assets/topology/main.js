// The page of the topology: asks each second, and draws what came. The stream stands in the address: #live/x.

import {byId, element, setText} from '../dom.js';
import {readModel} from '../model.js';
import {apiBase} from '../urls.js';
import {count} from '../words.js';
import {Map2d} from './draw.js';
import {renderTrace, renderTree} from './facts.js';

const EVERY_MS = 1000;
const LIMIT_MS = 5000;

const map = new Map2d(byId('map'));
const select = byId('stream');
let api = null;
let session = '';

async function get(url) {
  const response = await fetch(url, {cache: 'no-store', signal: AbortSignal.timeout(LIMIT_MS)});
  if (!response.ok) {
    throw new Error(response.status === 404 ? 'not there any more' : `HTTP ${response.status}`);
  }
  return response.json();
}

function chosen() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

/** Keeps what is chosen in the list though its stream is not there, or no more. */
function renderList(streams) {
  const names = new Set(streams.map(({stream}) => stream));
  names.add(chosen());
  names.delete('');
  const wanted = ['', ...[...names].sort()];
  if ([...select.options].map(({value}) => value).join('\n') !== wanted.join('\n')) {
    select.replaceChildren(...wanted.map((name) => element('option', {value: name}, name || 'none')));
  }
  select.value = chosen();
}

/** app/name, or vhost/app/name where the answer says that it has a virtual host of its own. */
async function treeOf(streams) {
  const name = chosen();
  if (!name) {
    return null;
  }
  const known = streams.find(({stream}) => stream === name);
  const path = (known ? `${known.app}/${known.name}` : name).split('/').map(encodeURIComponent).join('/');
  const vhost = known ? `&vhost=${encodeURIComponent(known.vhost)}` : '';
  try {
    const tree = await get(`${api}/api/v1/topology/streams/${path}?scope=cluster${vhost}`);
    // Others know of the stream, and do not have it.
    return {...tree, nodes: tree.nodes.filter((member) => member.source_session)};
  } catch {
    return {stream: name, nodes: []};
  }
}

async function look() {
  try {
    api ??= apiBase(readModel(await get('/streams.json')));
    const topology = await get(`${api}/api/v1/topology`);
    const tree = await treeOf(topology.streams);
    map.render(topology, tree);
    renderList(topology.streams);
    renderTree(tree, (id) => {
      session = id;
      trace();
    });
    const nodes = topology.regions.reduce((sum, region) => sum + region.nodes.length, 0);
    setText(byId('totals'), [
      count(topology.regions.length, 'region', 'regions'),
      count(nodes, 'node', 'nodes'),
      count(topology.hops.length, 'hop', 'hops'),
    ].join(' · '));
    byId('trouble').hidden = topology.missing.length === 0;
    setText(byId('trouble'), `Without an answer: ${topology.missing.map(({node, why}) => `${node} (${why})`).join(', ')}`);
    if (session) {
      await trace();
    }
  } catch (error) {
    setText(byId('trouble'), `The node does not answer (${error.message}); asking again.`);
    byId('trouble').hidden = false;
  }
  setTimeout(look, document.hidden ? 10 * EVERY_MS : EVERY_MS);
}

async function trace() {
  const id = session;
  const way = await get(`${api}/api/v1/topology/sessions/${id}`).catch((error) => error.message);
  if (id === session) {
    renderTrace(id, way);
  }
}

select.addEventListener('change', () => {
  location.hash = select.value;
});
look();

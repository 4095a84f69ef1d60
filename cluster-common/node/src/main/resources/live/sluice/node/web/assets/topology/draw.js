// Draws regions, nodes, hops and, for a chosen stream, the way that it takes.

import {Keyed} from './keyed.js';
import {layout, lineBetween} from './layout.js';
import {delay, pullWords, rate} from './figures.js';

/** More hops than these have no labels of their own: they would hide each other. */
const MOST_LABELS = 12;

export class Map2d {
  constructor(svg) {
    this.svg = svg;
    // In this order, the last on top.
    const [regions, hops, ways, nodes, labels] = ['regions', 'hops', 'ways', 'nodes', 'labels'].map((name) => {
      const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
      group.setAttribute('class', name);
      svg.append(group);
      return new Keyed(group);
    });
    Object.assign(this, {regions, hops, nodes, ways, labels});
    this.heads = new Keyed(svg);
  }

  /** Shows an answer of /api/v1/topology, and of the tree of a stream or null. */
  render(topology, tree) {
    const plan = layout(topology.regions);
    this.svg.setAttribute('viewBox', `0 0 ${plan.width} ${plan.height}`);
    const defs = this.heads.put('defs', 'defs', {});
    const marker = this.heads.put('head', 'marker', {
      id: 'head', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 5, markerHeight: 5, orient: 'auto'}, null, defs);
    this.heads.put('arrow', 'path', {d: 'M 0 0 L 8 4 L 0 8 z', class: 'head'}, null, marker);
    const members = new Map((tree?.nodes ?? []).map((member) => [member.node, member]));
    plan.regions.forEach((region) => this.region(region));
    plan.nodes.forEach((place, name) => this.node(name, place, members.get(name)));
    const lit = this.tree(plan, members);
    topology.hops.forEach((hop) => this.hop(hop, plan, lit, topology.hops.length <= MOST_LABELS && !tree));
    [this.regions, this.hops, this.nodes, this.ways, this.labels].forEach((keyed) => keyed.sweep());
  }

  region({name, x, y, width, height}) {
    const group = this.regions.put(name, 'g', {class: 'region', transform: `translate(${x} ${y})`});
    this.regions.put(`${name} box`, 'rect', {width, height, rx: 14}, null, group);
    this.regions.put(`${name} name`, 'text', {x: 18, y: 22}, name, group);
  }

  node(name, {x, y, width, height, small, region, node}, member) {
    const lost = node.state === 'unreachable';
    const group = this.nodes.put(name, 'g', {
      class: `node${member ? ' lit' : ''}${lost ? ' lost' : ''}`, transform: `translate(${x} ${y})`});
    this.nodes.put(`${name} box`, 'rect', {width, height, rx: 9}, null, group);
    this.nodes.put(`${name} name`, 'text', {x: 12, y: small ? 18 : 22, class: 'name'}, shown(name, region, small), group);
    const viewers = member ? member.viewers : node.players ?? 0;
    const what = lost ? 'does not answer' : `${node.role} · ${viewers} ${viewers === 1 ? 'viewer' : 'viewers'}`;
    const load = node.kbps && !member && !small ? ` · ${rate(node.kbps.send_30s)}` : '';
    const owner = member && member.owner?.node === name ? ' · published' : '';
    this.nodes.put(`${name} load`, 'text', {x: 12, y: small ? 35 : 42}, what + (lost || small ? '' : owner || load), group);
  }

  /** The stream's way, and the pairs of nodes that it crosses. */
  tree(plan, members) {
    const lit = new Set();
    for (const member of members.values()) {
      const from = plan.nodes.get(member.pull?.from);
      const to = plan.nodes.get(member.node);
      if (from && to) {
        const line = lineBetween(from, to);
        lit.add(pair(member.pull.from, member.node));
        this.ways.put(member.node, 'path', {
          d: line.path, class: `way by-${member.pull.transport}`, 'marker-end': 'url(#head)'});
        this.label(`way ${member.node}`, line, pullWords(member.pull), 'lit');
      }
    }
    return lit;
  }

  hop(hop, plan, lit, labelled) {
    const from = plan.nodes.get(hop.from);
    const to = plan.nodes.get(hop.to);
    if (!from || !to) {
      return;
    }
    const key = `${hop.from} ${hop.to}`;
    const line = lineBetween(from, to);
    const worst = Math.max(0, ...hop.ends.map((end) => end.loss));
    const words = `${delay(hop.round_trip_ms)} · ${(worst * 100).toFixed(1)} %`;
    const path = this.hops.put(key, 'path', {d: line.path, class: 'hop'});
    this.hops.put(`${key} title`, 'title', {}, `${hop.from} – ${hop.to}: round trip ${words} lost`, path);
    if (labelled && hop.from_region !== hop.to_region && !lit.has(pair(hop.from, hop.to))) {
      this.label(key, line, words, '');
    }
  }

  label(key, {x, y}, words, kind) {
    const width = words.length * 6.4 + 14;
    const group = this.labels.put(key, 'g', {class: `label ${kind}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`});
    this.labels.put(`${key} box`, 'rect', {x: -width / 2, y: -10, width, height: 20, rx: 10}, null, group);
    this.labels.put(`${key} text`, 'text', {y: 4}, words, group);
  }
}

function pair(a, b) {
  return [a, b].sort().join(' ');
}

/** A small box has no room for the region that it stands in anyway. */
function shown(name, region, small) {
  const short = small && name.startsWith(`${region}-`) ? name.slice(region.length + 1) : name;
  const most = small ? 13 : 25;
  return short.length > most ? `${short.slice(0, most - 1)}…` : short;
}

// Where regions and nodes stand: three regions as a triangle, more as a grid, so that few lines cross boxes.

export const NODE = {width: 190, height: 56};
const GAP = 18;
const PAD = 18;
const HEAD = 34;
/** Room for the hops within a region, which bulge to the right. */
const BULGE = 26;

/** {width, height, regions: [{name, x, y, width, height}], nodes: Map of name to {x, y, region, node}} of /api/v1/topology. */
export function layout(regions) {
  const columns = Math.max(1, ...regions.map(({nodes}) => (nodes.length < 4 ? 1 : Math.ceil(Math.sqrt(nodes.length)))));
  const rows = Math.max(1, ...regions.map(({nodes}) => Math.ceil(nodes.length / columns)));
  const width = 2 * PAD + columns * NODE.width + (columns - 1) * GAP + BULGE;
  const height = HEAD + PAD + rows * NODE.height + (rows - 1) * GAP;
  const places = placesOf(regions.length, width, height);
  const nodes = new Map();
  const boxes = regions.map((region, index) => {
    const {x, y} = places[index];
    region.nodes.forEach((node, i) => {
      nodes.set(node.name, {
        x: x + PAD + (i % columns) * (NODE.width + GAP),
        y: y + HEAD + Math.floor(i / columns) * (NODE.height + GAP),
        region: region.name,
        node,
      });
    });
    return {name: region.name, x, y, width, height};
  });
  return {
    width: Math.max(width, ...boxes.map((box) => box.x + width)) + 2,
    height: Math.max(height, ...boxes.map((box) => box.y + height)) + 2,
    regions: boxes,
    nodes,
  };
}

function placesOf(count, width, height) {
  const across = width + 230;
  const down = height + 70;
  if (count === 3) {
    return [{x: across / 2, y: 1}, {x: 1, y: down}, {x: across, y: down}];
  }
  const columns = count < 3 ? count : Math.ceil(Math.sqrt(count));
  const places = [];
  for (let i = 0; i < count; i++) {
    places.push({x: 1 + (i % columns) * across, y: 1 + Math.floor(i / columns) * down});
  }
  return places;
}

/** The line from one node to another: {path, x, y} with the place of its label. */
export function lineBetween(a, b) {
  if (a.region === b.region && a.x === b.x) {
    const x = a.x + NODE.width;
    const from = a.y + NODE.height / 2;
    const to = b.y + NODE.height / 2;
    const bulge = x + 20 + Math.min(30, Math.abs(to - from) / 12);
    return {path: `M ${x} ${from} C ${bulge} ${from}, ${bulge} ${to}, ${x + 2} ${to}`, x: x - 62, y: (from + to) / 2};
  }
  const [start, end] = [edge(a, b), edge(b, a)];
  return {path: `M ${start.x} ${start.y} L ${end.x} ${end.y}`, x: (start.x + end.x) / 2, y: (start.y + end.y) / 2};
}

/** Where the line from the middle of a to the middle of b leaves a's box. */
function edge(a, b) {
  const x = a.x + NODE.width / 2;
  const y = a.y + NODE.height / 2;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const share = 1 / Math.max(Math.abs(dx) / (NODE.width / 2 + 3), Math.abs(dy) / (NODE.height / 2 + 3), 1);
  return {x: x + dx * share, y: y + dy * share};
}

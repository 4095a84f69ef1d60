// Where regions and nodes stand: three regions as a triangle, more as a grid, so that few lines cross boxes.

const USUAL = {width: 216, height: 56, gap: 26, across: 230, down: 70};
/** Of many nodes: names without their region, and less around them. */
const SMALL = {width: 128, height: 44, gap: 10, across: 40, down: 34};
const MANY = 40;
const PAD = 18;
const HEAD = 34;
/** Room for the hops within a region, which bulge to the right. */
const BULGE = 40;

/** {width, height, regions: [{name, x, y, width, height}], nodes: Map of name to {x, y, region, node}} of /api/v1/topology. */
export function layout(regions) {
  const many = regions.reduce((sum, {nodes}) => sum + nodes.length, 0) > MANY;
  const size = many ? SMALL : USUAL;
  const columns = Math.max(1, ...regions.map(({nodes}) => (nodes.length < 4 ? 1 : Math.ceil(Math.sqrt(nodes.length)))));
  const rows = Math.max(1, ...regions.map(({nodes}) => Math.ceil(nodes.length / columns)));
  const width = 2 * PAD + columns * size.width + (columns - 1) * size.gap + BULGE;
  const height = HEAD + PAD + rows * size.height + (rows - 1) * size.gap;
  const places = placesOf(regions.length, width + size.across, height + size.down);
  const nodes = new Map();
  const boxes = regions.map((region, index) => {
    const {x, y} = places[index];
    // Streams leave from origins: these stand where the other regions are, so that ways do not go behind edges.
    const above = regions.length === 3 && index === 0 && columns === 1;
    const rank = ({role}) => ((role === 'origin') === above ? 1 : 0);
    const inOrder = [...region.nodes].sort((a, b) => rank(a) - rank(b));
    inOrder.forEach((node, i) => {
      nodes.set(node.name, {
        x: x + PAD + (i % columns) * (size.width + size.gap),
        y: y + HEAD + Math.floor(i / columns) * (size.height + size.gap),
        width: size.width,
        height: size.height,
        small: many,
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

function placesOf(count, across, down) {
  if (count === 3) {
    return [{x: across / 2, y: 1}, {x: 1, y: down}, {x: across, y: down}];
  }
  const columns = count < 3 ? count : Math.floor(Math.sqrt(count));
  const places = [];
  for (let i = 0; i < count; i++) {
    places.push({x: 1 + (i % columns) * across, y: 1 + Math.floor(i / columns) * down});
  }
  return places;
}

/** The line from one node to another: {path, x, y} with the place of its label. */
export function lineBetween(a, b) {
  if (a.region === b.region && a.x === b.x) {
    const x = a.x + a.width;
    const from = a.y + a.height / 2;
    const to = b.y + b.height / 2;
    const bulge = x + 38 + Math.min(30, Math.abs(to - from) / 12);
    // Between boxes, at the one that it comes to: in the middle of a long way there is another box.
    const half = (b.small ? SMALL : USUAL).gap / 2;
    const y = from < to ? b.y - half : b.y + b.height + half;
    return {path: `M ${x} ${from} C ${bulge} ${from}, ${bulge} ${to}, ${x + 2} ${to}`, x: x - 100, y};
  }
  const [start, end] = [edge(a, b), edge(b, a)];
  return {path: `M ${start.x} ${start.y} L ${end.x} ${end.y}`, x: (start.x + end.x) / 2, y: (start.y + end.y) / 2};
}

/** Where the line from the middle of a to the middle of b leaves a's box. */
function edge(a, b) {
  const x = a.x + a.width / 2;
  const y = a.y + a.height / 2;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const share = 1 / Math.max(Math.abs(dx) / (a.width / 2 + 3), Math.abs(dy) / (a.height / 2 + 3), 1);
  return {x: x + dx * share, y: y + dy * share};
}

// Reads /streams.json. Any field may be missing, in an answer of another version or of a node that is starting.

import {DEFAULT_VHOST, keyOf} from './urls.js';

/** camera-2 before camera-10. */
const inOrder = new Intl.Collator('en', {numeric: true});

export function readModel(answer) {
  const node = answer?.node ?? {};
  return {
    node: {
      name: text(node.name),
      role: text(node.role),
      region: text(node.region),
      directory: text(node.directory),
    },
    apiPort: port(answer?.apiPort, 1985),
    apiTlsPort: port(answer?.apiTlsPort, 0),
    rtmpPort: port(answer?.rtmpPort, 1935),
    rtc: answer?.rtc === true,
    streams: list(answer?.streams).map(readStream).filter((stream) => stream.app && stream.name)
      .sort((a, b) => inOrder.compare(keyOf(a), keyOf(b))),
    nodes: list(answer?.nodes).map((each) => ({
      name: text(each?.name),
      role: text(each?.role),
      region: text(each?.region),
      http: text(each?.http),
      state: text(each?.state),
    })).filter((each) => each.name).sort((a, b) => inOrder.compare(a.name, b.name)),
  };
}

function readStream(stream) {
  return {
    vhost: text(stream?.vhost) || DEFAULT_VHOST,
    app: text(stream?.app),
    name: text(stream?.name),
    owner: text(stream?.owner),
    // Of another region than the node's.
    region: text(stream?.region),
    codecs: list(stream?.codecs).map(text).filter(Boolean),
    epoch: number(stream?.epoch),
    players: number(stream?.players),
    width: number(stream?.video?.width),
    height: number(stream?.video?.height),
    local: stream?.local === true,
  };
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

function text(value) {
  return typeof value === 'string' ? value : '';
}

function number(value) {
  return Number.isFinite(value) ? value : null;
}

function port(value, otherwise) {
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

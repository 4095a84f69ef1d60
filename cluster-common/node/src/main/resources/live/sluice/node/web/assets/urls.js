// The URLs of a stream. A stream is {vhost, app, name}; the default virtual host is not named.

export const DEFAULT_VHOST = '__defaultVhost__';

/** What a stream can be played as, in the order of the buttons. */
export const TYPES = [
  {id: 'flv', label: 'FLV', hint: 'HTTP-FLV through mpegts.js: about a second behind live'},
  {id: 'ws', label: 'WS-FLV', hint: 'FLV over a WebSocket through mpegts.js'},
  {id: 'hls', label: 'HLS', hint: 'HLS through hls.js: some segments behind live, passes through caches'},
];

/** app/name, the form of deep links and titles. */
export function pathOf(stream) {
  return `${stream.app}/${stream.name}`;
}

export function keyOf(stream) {
  return `${stream.vhost}/${stream.app}/${stream.name}`;
}

/** The URL that the page's player uses. */
export function mediaUrl(stream, type) {
  const {protocol, host} = location;
  switch (type) {
    case 'ws':
      return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${encodedPath(stream)}.flv${query(stream)}`;
    case 'hls':
      return `${protocol}//${host}${encodedPath(stream)}.m3u8${query(stream)}`;
    default:
      return `${protocol}//${host}${encodedPath(stream)}.flv${query(stream)}`;
  }
}

/** Where a publisher sends an app's streams; the name follows after a slash. */
export function rtmpServer(app, rtmpPort) {
  return `rtmp://${location.hostname}${rtmpPort === 1935 ? '' : `:${rtmpPort}`}/${app}`;
}

/** Where the API is, and with it WHIP and WHEP: a port of its own, unless something before the node carries TLS. */
export function apiBase({apiPort, apiTlsPort}) {
  const {protocol, hostname, origin} = location;
  const port = protocol === 'https:' ? apiTlsPort : apiPort;
  return port > 0 ? `${protocol}//${hostname}:${port}` : origin;
}

/** Where a stream is published by WHIP (kind whip) or played by WHEP (kind whep). */
export function rtcUrl(stream, kind, node) {
  return `${apiBase(node)}${encodedPath(stream)}/${kind}${query(stream)}`;
}

/** The page that plays a stream by WebRTC. */
export function rtcPage(stream) {
  const parameters = new URLSearchParams(query(stream));
  parameters.set('stream', pathOf(stream));
  parameters.set('autostart', '1');
  return `/whep.html?${parameters.toString().replaceAll('%2F', '/')}`;
}

/** What people copy: label and URL. */
export function shownUrls(stream, node) {
  return [
    ['RTMP', `${rtmpServer(stream.app, node.rtmpPort)}/${stream.name}${query(stream)}`],
    ...TYPES.map(({id, label}) => [label, mediaUrl(stream, id)]),
    ...(node.rtc ? [['WHEP', rtcUrl(stream, 'whep', node)]] : []),
  ];
}

/** {stream, type} of the page's own address, or null. */
export function readDeepLink() {
  const parameters = new URLSearchParams(location.search);
  const path = parameters.get('stream') ?? '';
  const slash = path.lastIndexOf('/');
  if (slash < 1 || slash === path.length - 1) {
    return null;
  }
  const type = parameters.get('type');
  return {
    stream: {
      vhost: parameters.get('vhost') || DEFAULT_VHOST,
      app: path.slice(0, slash),
      name: path.slice(slash + 1),
    },
    type: TYPES.some(({id}) => id === type) ? type : 'flv',
  };
}

/** Makes the page's address name what is played, so that it can be sent to someone; null for nothing. */
export function writeDeepLink(stream, type) {
  const parameters = new URLSearchParams(location.search);
  ['stream', 'type', 'vhost'].forEach((name) => parameters.delete(name));
  if (stream) {
    parameters.set('stream', pathOf(stream));
    parameters.set('type', type);
    if (stream.vhost !== DEFAULT_VHOST) {
      parameters.set('vhost', stream.vhost);
    }
  }
  const text = parameters.toString().replaceAll('%2F', '/');
  history.replaceState(null, '', text ? `/?${text}` : '/');
}

function encodedPath(stream) {
  return `/${pathOf(stream).split('/').map(encodeURIComponent).join('/')}`;
}

/** The virtual host, and the token that the page itself was opened with. */
function query(stream) {
  const parameters = new URLSearchParams();
  if (stream.vhost !== DEFAULT_VHOST) {
    parameters.set('vhost', stream.vhost);
  }
  const token = new URLSearchParams(location.search).get('token');
  if (token) {
    parameters.set('token', token);
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

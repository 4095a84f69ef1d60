// What the tests of WebRTC do in a page: publish by WHIP and play by WHEP with nothing but RTCPeerConnection and fetch,
// and measure. One session a page. RtcPage.java calls these.
(() => {
  const FLASH_EVERY_MS = 1000;
  const FLASH_MS = 120;
  const HUM = 0.05;
  const BEEP = 0.8;
  const LOUD = 0.3;
  // The player's page gathers candidates of hosts only, and sends none of them: the node is ICE-lite and learns them.
  const CONFIGURATION = { bundlePolicy: 'max-bundle' };
  const kit = {};
  let session = null;

  // A picture that moves all over, whose upper left quarter is lit once a second, and at that moment a hum gets loud.
  const synthetic = ({ width, height, fps }) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const g = canvas.getContext('2d', { alpha: false });
    const audio = new AudioContext({ sampleRate: 48000 });
    const gain = audio.createGain();
    gain.gain.value = HUM;
    const tone = audio.createOscillator();
    tone.frequency.value = 1000;
    const out = audio.createMediaStreamDestination();
    tone.connect(gain).connect(out);
    tone.start();
    const begun = performance.now();
    let lit = false;
    let number = 0;
    const draw = () => {
      const now = performance.now() - begun;
      const flash = now % FLASH_EVERY_MS < FLASH_MS && now > FLASH_EVERY_MS;
      if (flash !== lit) {
        lit = flash;
        gain.gain.setValueAtTime(flash ? BEEP : HUM, audio.currentTime);
      }
      number++;
      for (let i = 0; i < 12; i++) {
        g.fillStyle = `hsl(${(i * 30 + number) % 360} 60% 45%)`;
        g.fillRect((i * width) / 12, 0, width / 12, height);
      }
      for (let i = 0; i < 16; i++) {
        g.fillStyle = `hsl(${(i * 77) % 360} 80% 60%)`;
        const x = (number * (2 + (i % 5)) + i * 97) % width;
        g.fillRect(x, height / 2 + ((i * 53) % (height / 2 - 24)), 24, 24);
      }
      g.fillStyle = flash ? '#fff' : '#000';
      g.fillRect(0, 0, width / 2, height / 2);
    };
    draw();
    const timer = setInterval(draw, 1000 / fps);
    const stream = canvas.captureStream(fps);
    stream.addTrack(out.stream.getAudioTracks()[0]);
    const video = stream.getVideoTracks()[0];
    video.contentHint = 'motion';
    return {
      stream,
      stop: () => {
        clearInterval(timer);
        stream.getTracks().forEach((track) => track.stop());
        audio.close();
      },
    };
  };

  const camera = async ({ width, height, fps }) => {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width, height, frameRate: fps },
      audio: true,
    });
    return { stream, stop: () => stream.getTracks().forEach((track) => track.stop()) };
  };

  const open = (options) => (options.camera ? camera(options) : synthetic(options));

  // The codec, and what repairs it: nothing else is offered.
  const prefer = (transceiver, codec) => {
    const all = RTCRtpSender.getCapabilities('video').codecs;
    const wanted = all.filter((each) => each.mimeType.toLowerCase() === `video/${codec.toLowerCase()}`);
    const repair = all.filter((each) => /\/(rtx|red|ulpfec|flexfec-03)$/i.test(each.mimeType));
    if (wanted.length === 0) {
      throw new Error(`this browser does not encode ${codec}`);
    }
    if (codec === 'H264') {
      wanted.sort((a, b) => rank(a) - rank(b));
    }
    transceiver.setCodecPreferences(wanted.concat(repair.filter((each) => /rtx$/i.test(each.mimeType))));
  };

  const rank = (codec) =>
    (/packetization-mode=1/.test(codec.sdpFmtpLine) ? 0 : 2) + (/42e01f/.test(codec.sdpFmtpLine) ? 0 : 1);

  const send = (pc, source, options) => {
    for (const track of source.stream.getTracks()) {
      const init = { direction: 'sendonly', streams: [source.stream] };
      if (track.kind === 'video') {
        init.sendEncodings = options.layers || [{ maxBitrate: options.bitrate * 1000 }];
      } else if (!options.audio) {
        continue;
      }
      const transceiver = pc.addTransceiver(track, init);
      if (track.kind === 'video') {
        prefer(transceiver, options.codec);
      }
    }
  };

  const headers = (type, options) => ({
    'Content-Type': type,
    ...(options.token ? { Authorization: `Bearer ${options.token}` } : {}),
  });

  // Posts an offer. A 409 with Retry-After says that nobody publishes yet, and an edge hears of a publish a moment after
  // the origin does: as a good client this comes again, a few times.
  const post = async (url, sdp, options, tries) => {
    session.postedAt = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: headers('application/sdp', options),
      body: sdp,
      signal: AbortSignal.timeout(15000),
    });
    const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    if (response.status !== 409 || Number.isNaN(wait) || tries <= 1) {
      return response;
    }
    await new Promise((resume) => setTimeout(resume, wait * 1000));
    return post(url, sdp, options, tries - 1);
  };

  // The offer, the POST, and the answer.
  const connect = async (url, pc, options) => {
    await pc.setLocalDescription();
    const response = await post(url, pc.localDescription.sdp, options, 3);
    const body = await response.text();
    if (response.status !== 201) {
      throw new Error(`status ${response.status}: ${body}`);
    }
    session.url = new URL(response.headers.get('Location'), response.url).href;
    session.etag = response.headers.get('ETag');
    session.answer = body;
    session.options = options;
    await pc.setRemoteDescription({ type: 'answer', sdp: body });
    return session.url;
  };

  const begin = (pc) => {
    if (session) {
      throw new Error('this page has a session already');
    }
    session = { pc, states: [], restarts: 0, shown: 0, gap: 0, joinMs: null, url: '' };
    Object.assign(session, { flashes: [], beeps: [], reported: [] });
    pc.addEventListener('connectionstatechange', () => session.states.push(pc.connectionState));
    pc.addEventListener('iceconnectionstatechange', () => {
      const lost = pc.iceConnectionState === 'disconnected' || pc.iceConnectionState === 'failed';
      if (lost && session.options && session.options.restart) {
        keepRestarting(pc);
      }
    });
    return pc;
  };

  // While the network is away the PATCH fails too: tried again until ICE is connected.
  const keepRestarting = async (pc) => {
    while (session && session.pc === pc && !session.restarting && pc.iceConnectionState !== 'connected') {
      session.restarting = true;
      try {
        await kit.restart();
      } catch (e) {
        session.restartError = String(e);
      }
      await new Promise((resume) => setTimeout(resume, 1500));
      if (session) {
        session.restarting = false;
      }
    }
  };

  kit.publish = async (url, options) => {
    const pc = begin(new RTCPeerConnection(CONFIGURATION));
    session.source = await open(options);
    if (options.audio && !options.camera) {
      preview(session.source.stream);
    }
    send(pc, session.source, options);
    return connect(url, pc, options);
  };

  kit.play = async (url, options) => {
    const pc = begin(new RTCPeerConnection(CONFIGURATION));
    pc.addTransceiver('video', { direction: 'recvonly' });
    pc.addTransceiver('audio', { direction: 'recvonly' });
    watch(pc);
    return connect(url, pc, options);
  };

  const screen = () => {
    const video = document.createElement('video');
    video.autoplay = true;
    video.playsInline = true;
    video.id = 'rtc';
    video.width = 480;
    document.body.prepend(video);
    session.video = video;
    return video;
  };

  // Looks at and listens to what is sent, in the way of a player: what a page itself sees and hears late is so at both.
  const preview = (stream) => {
    const video = screen();
    video.muted = true;
    video.srcObject = stream;
    look(video);
    listen(new MediaStream(stream.getAudioTracks()));
  };

  // Shows what comes, and listens to it.
  const watch = (pc) => {
    const video = screen();
    pc.addEventListener('track', (event) => {
      const stream = event.streams[0] || video.srcObject || new MediaStream();
      if (!event.streams[0]) {
        stream.addTrack(event.track);
      }
      if (video.srcObject !== stream) {
        video.srcObject = stream;
      }
      if (event.track.kind === 'audio') {
        listen(new MediaStream([event.track]));
      }
    });
    look(video);
    compare(pc);
  };

  const look = (video) => {
    const canvas = document.createElement('canvas');
    canvas.width = 8;
    canvas.height = 8;
    const g = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    let last = 0;
    let lit = true;
    const mine = session;
    const frame = (now, about) => {
      if (session !== mine) {
        return; // the last picture of the session before
      }
      session.shown++;
      if (session.joinMs === null) {
        session.joinMs = performance.now() - session.postedAt;
      } else {
        session.gap = Math.max(session.gap, now - last);
      }
      last = now;
      g.drawImage(video, 0, 0, about.width / 3, about.height / 3, 0, 0, 8, 8);
      const pixels = g.getImageData(2, 2, 4, 4).data;
      let sum = 0;
      for (let i = 0; i < pixels.length; i += 4) {
        sum += pixels[i + 1];
      }
      const bright = sum / (pixels.length / 4) > 128;
      if (bright && !lit) {
        session.flashes.push(about.presentationTime || now);
      }
      lit = bright;
      video.requestVideoFrameCallback(frame);
    };
    video.requestVideoFrameCallback(frame);
  };

  // How far apart the browser itself takes picture and sound to be, from sender reports: now and then.
  const compare = (pc) => {
    session.comparing = setInterval(async () => {
      const played = { audio: 0, video: 0 };
      for (const stats of (await pc.getStats()).values()) {
        if (stats.type === 'inbound-rtp' && stats.estimatedPlayoutTimestamp) {
          played[stats.kind] = stats.estimatedPlayoutTimestamp;
        }
      }
      if (session && played.audio && played.video) {
        session.reported.push(played.video - played.audio);
      }
    }, 400);
  };

  const listen = (stream) => {
    const audio = new AudioContext({ sampleRate: 48000 });
    const analyser = audio.createAnalyser();
    analyser.fftSize = 4096;
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    session.audio = audio;
    let quietUntil = 0;
    session.ear = setInterval(() => {
      const now = performance.now();
      analyser.getFloatTimeDomainData(samples);
      let loudest = 0;
      let onset = -1;
      for (let i = 0; i < samples.length; i++) {
        const level = Math.abs(samples[i]);
        loudest = Math.max(loudest, level);
        if (level > LOUD && onset < 0) {
          onset = i;
        }
      }
      session.loudest = Math.max(session.loudest || 0, loudest);
      if (onset >= 0) {
        const at = now - ((samples.length - onset) * 1000) / audio.sampleRate;
        if (at > quietUntil) {
          session.beeps.push(at);
        }
        quietUntil = now + 300;
      }
    }, 20);
  };

  // Offers new ICE credentials by PATCH, as RFC 9725 has it, and takes those of the node out of the answer.
  kit.restart = async () => {
    const pc = session.pc;
    session.restarts++;
    const offer = await pc.createOffer({ iceRestart: true });
    await pc.setLocalDescription(offer);
    const lines = offer.sdp.split('\r\n');
    const media = lines.find((line) => line.startsWith('m='));
    const pick = (name) => lines.find((line) => line.startsWith(`a=${name}:`));
    const group = lines.find((line) => line.startsWith('a=group:BUNDLE'));
    const fragment = [group, media, pick('mid'), pick('ice-ufrag'), pick('ice-pwd')].filter(Boolean);
    const response = await fetch(session.url, {
      method: 'PATCH',
      headers: { ...headers('application/trickle-ice-sdpfrag', session.options), 'If-Match': '*' },
      body: `${fragment.join('\r\n')}\r\n`,
      signal: AbortSignal.timeout(3000),
    });
    const body = await response.text();
    if (response.status !== 200) {
      throw new Error(`status ${response.status} for an ICE restart: ${body}`);
    }
    session.etag = response.headers.get('ETag');
    const renewed = body.split(/\r?\n/);
    const value = (name) => renewed.find((line) => line.startsWith(`a=${name}:`));
    // The node's candidates stay what they are.
    const answer = session.answer
      .split('\r\n')
      .map((line) => (line.startsWith('a=ice-ufrag:') ? value('ice-ufrag') : line))
      .map((line) => (line.startsWith('a=ice-pwd:') ? value('ice-pwd') : line))
      .join('\r\n');
    session.answer = answer;
    await pc.setRemoteDescription({ type: 'answer', sdp: answer });
    return session.etag;
  };

  // DELETE, as a page that leaves in good order.
  kit.stop = async () => {
    const response = await fetch(session.url, { method: 'DELETE', headers: headers('text/plain', session.options), signal: AbortSignal.timeout(15000) });
    kit.drop();
    return response.status;
  };

  // Leaves without a word.
  kit.drop = () => {
    clearInterval(session.ear);
    clearInterval(session.comparing);
    session.pc.close();
    if (session.source) {
      session.source.stop();
    }
    if (session.audio) {
      session.audio.close();
    }
    if (session.video) {
      session.video.remove();
    }
    session = null;
  };

  // For each flash the beep nearest to it: how much later the beep was, in ms.
  kit.lips = () => {
    const offsets = [];
    for (const flash of session.flashes) {
      const near = session.beeps.map((beep) => beep - flash).sort((a, b) => Math.abs(a) - Math.abs(b))[0];
      if (near !== undefined && Math.abs(near) < FLASH_EVERY_MS / 2) {
        offsets.push(near);
      }
    }
    return offsets;
  };

  kit.answer = () => session.answer;

  // The same as sender reports have it.
  kit.reported = () => session.reported;

  kit.joinMs = () => session.joinMs;

  // One flat table of everything: video.framesDecoded, out.video.framesSent, remote.video.fractionLost, pair.…, transport.…
  kit.stats = async () => {
    const flat = {
      at: performance.now(),
      state: session.pc.connectionState,
      states: session.states.join(' '),
      restarts: session.restarts,
      restartError: session.restartError || '',
      shown: session.shown,
      gapMs: session.gap,
      joinMs: session.joinMs === null ? -1 : session.joinMs,
      flashes: session.flashes.length,
      beeps: session.beeps.length,
      loudest: session.loudest || 0,
    };
    const report = await session.pc.getStats();
    const copy = (prefix, stats) => {
      for (const [name, value] of Object.entries(stats)) {
        if (typeof value === 'number' || typeof value === 'string') {
          flat[`${prefix}.${name}`] = value;
        }
      }
      if (stats.codecId && report.get(stats.codecId)) {
        flat[`${prefix}.codec`] = report.get(stats.codecId).mimeType;
      }
    };
    for (const stats of report.values()) {
      if (stats.type === 'inbound-rtp') {
        copy(stats.kind, stats);
      } else if (stats.type === 'outbound-rtp') {
        copy(`out.${stats.kind}`, stats);
      } else if (stats.type === 'remote-inbound-rtp') {
        copy(`remote.${stats.kind}`, stats);
      } else if (stats.type === 'remote-outbound-rtp') {
        copy(`sent.${stats.kind}`, stats);
      } else if (stats.type === 'transport') {
        copy('transport', stats);
        if (report.get(stats.selectedCandidatePairId)) {
          const pair = report.get(stats.selectedCandidatePairId);
          copy('pair', pair);
          copy('local', report.get(pair.localCandidateId) || {});
          copy('far', report.get(pair.remoteCandidateId) || {});
        }
      }
    }
    return flat;
  };

  // Newest counts forgotten: what is measured begins now.
  kit.mark = () => {
    session.gap = 0;
    session.flashes = [];
    session.beeps = [];
    session.reported = [];
  };

  window.kit = kit;
})();

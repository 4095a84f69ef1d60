// A test picture and a tone. Each whole second a white field flashes while the tone sounds, both by one clock, so that a
// player can see and hear whether lips are in step.

const RATE = 30;
const BEEP_S = 0.1;
const AHEAD_S = 1.5;

export async function startSynthetic({width, height}) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', {alpha: false});
  const audio = new AudioContext({sampleRate: 48_000});
  const beep = startBeep(audio);
  audio.resume().catch(() => {});
  // Without a click there may be no sound, and then its clock stands still.
  const seconds = () => (audio.state === 'running' ? audio.currentTime : performance.now() / 1000);
  const picture = canvas.captureStream(0);
  const [track] = picture.getVideoTracks();
  let count = 0;
  const timer = setInterval(() => {
    beep.schedule();
    draw(pen, width, height, seconds(), count++);
    track.requestFrame();
  }, 1000 / RATE);
  const stream = new MediaStream([track, ...beep.stream.getAudioTracks()]);
  return {
    stream,
    stop: () => {
      clearInterval(timer);
      stream.getTracks().forEach((each) => each.stop());
      audio.close();
    },
  };
}

function startBeep(audio) {
  const out = audio.createMediaStreamDestination();
  const tone = audio.createOscillator();
  const gain = audio.createGain();
  tone.frequency.value = 880;
  gain.gain.value = 0;
  tone.connect(gain).connect(out);
  tone.start();
  let next = 1;
  return {
    stream: out.stream,
    /** Beeps are set some time ahead: a page's timers are late, the clock of audio is not. */
    schedule() {
      for (; next < audio.currentTime + AHEAD_S; next++) {
        gain.gain.setValueAtTime(0.5, next);
        gain.gain.setValueAtTime(0, next + BEEP_S);
      }
    },
  };
}

function draw(pen, width, height, seconds, count) {
  const unit = height / 18;
  pen.fillStyle = '#0b2530';
  pen.fillRect(0, 0, width, height);
  bars(pen, width, height);
  ball(pen, width, height, seconds, unit);
  pen.fillStyle = seconds % 1 < BEEP_S ? '#ffffff' : '#000000';
  pen.fillRect(unit, unit, 3 * unit, 3 * unit);
  pen.fillStyle = '#ffffff';
  pen.font = `600 ${2 * unit}px ui-monospace, monospace`;
  pen.fillText(new Date().toISOString().slice(11, 23), 5 * unit, 3 * unit);
  pen.font = `${unit}px ui-monospace, monospace`;
  pen.fillText(`frame ${count}`, 5 * unit, 4.6 * unit);
}

function bars(pen, width, height) {
  const colours = ['#d8d8d8', '#d6d600', '#00d2d2', '#00c800', '#cf00cf', '#c80000', '#0000c4'];
  colours.forEach((colour, i) => {
    pen.fillStyle = colour;
    pen.fillRect(i * width / colours.length, height * 0.7, width / colours.length + 1, height * 0.3);
  });
}

/** Moves on every frame, so that a picture that stands still is seen to. */
function ball(pen, width, height, seconds, unit) {
  const swing = (period) => Math.abs((seconds / period) % 2 - 1);
  pen.fillStyle = '#58bcd8';
  pen.beginPath();
  pen.arc(2 * unit + (width - 4 * unit) * swing(3), height * 0.35 + height * 0.3 * swing(0.9), unit * 1.3, 0, 2 * Math.PI);
  pen.fill();
}

'use strict';
(() => {
  const runs = JSON.parse(document.getElementById('runs').textContent);
  const main = document.getElementById('main');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const colors = dark
    ? ['#58bcd8', '#ff9f5a', '#5cc58c', '#d58be0', '#ffd166', '#ff6b75']
    : ['#0b6b8a', '#c2571a', '#2a7d4f', '#8a3aa0', '#a67c00', '#c62f3b'];
  const color = (i) => colors[i % colors.length];
  const ink = dark ? '#93a5af' : '#5a6b75';
  const grid = dark ? '#2b3840' : '#e4eaee';

  const make = (name, text, parent) => {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  };
  const number = (value, digits = 1) =>
    value === undefined || value === null ? '–' : value.toLocaleString('en', {
      minimumFractionDigits: digits, maximumFractionDigits: digits });
  const clients = (run) => run.play || run.publish;

  const first = runs[0].run;
  document.getElementById('about').textContent =
    `${first.machine.cpu || 'unknown processor'}, ${first.machine.cores} cores, ${first.machine.system}, `
    + `${first.started.slice(0, 16).replace('T', ' ')} UTC`;

  function table(title, columns) {
    const section = make('section', undefined, main);
    make('h2', title, section);
    const table = make('table', undefined, section);
    const head = make('tr', undefined, make('thead', undefined, table));
    make('th', 'run', head);
    columns.forEach(([name]) => make('th', name, head));
    const body = make('tbody', undefined, table);
    runs.forEach(({ name, run }, i) => {
      const row = make('tr', undefined, body);
      const cell = make('td', undefined, row);
      make('span', undefined, cell).className = 'mark';
      cell.firstChild.style.background = color(i);
      cell.append(name);
      columns.forEach(([, value]) => make('td', value(run), row));
    });
    return section;
  }

  const percentile = (of, p) => of && of.count ? number(of[p]) : '–';
  const latency = (run) => run.play && run.play.latencyMs;
  const join = (run) => run.play ? run.play.joinMs : run.publish.joinMs;

  for (const { name, run } of runs) {
    for (const warning of run.warnings) {
      make('p', `${name}: ${warning}`, main).className = 'warning';
    }
  }

  table('Load', [
    ['what', (run) => (run.play ? 'play ' : 'publish ') + (run.parameters.protocol ?? 'RTMP')],
    ['clients', (run) => number(clients(run).players ?? clients(run).publishers, 0)],
    ['failed', (run) => number(clients(run).failed, 0)],
    ['cut off', (run) => number(clients(run).disconnected, 0)],
    ['seconds', (run) => number(clients(run).seconds)],
    ['Mb/s', (run) => number(clients(run).megabitsPerSecond)],
    ['server CPU, %', (run) => number(run.server?.cpuPercent)],
    ['% per Gb/s', (run) => number(run.server?.cpuPercentPerGbps)],
    ['RSS, MB', (run) => number(run.server && run.server.rssBytes / 1e6)],
    ['own CPU, %', (run) => number(run.generator.cpuPercent)],
  ]);
  table('What clients saw', [
    ['join p50, ms', (run) => percentile(join(run), 'p50')],
    ['join p99', (run) => percentile(join(run), 'p99')],
    ['latency p50, ms', (run) => percentile(latency(run), 'p50')],
    ['p90', (run) => percentile(latency(run), 'p90')],
    ['p99', (run) => percentile(latency(run), 'p99')],
    ['p99.9', (run) => percentile(latency(run), 'p999')],
    ['max', (run) => percentile(latency(run), 'max')],
    ['worst client p99', (run) => run.play && run.play.latencyMs.count ? number(run.play.worstClientP99Ms) : '–'],
    ['stalls', (run) => number(run.play?.stalls.count, 0)],
    ['gaps', (run) => number(run.play?.gaps, 0)],
    ['steps back', (run) => number(run.play?.stepsBack, 0)],
  ]);
  if (runs.some(({ run }) => run.play?.packets)) {
    const packets = (key, digits = 0) => (run) => number(run.play?.packets?.[key], digits);
    table('Packets', [
      ['received', packets('received')],
      ['lost', packets('lost')],
      ['lost, %', packets('lostPercent', 3)],
      ['recovered', packets('recovered')],
      ['reordered', packets('reordered')],
      ['twice', packets('duplicates')],
      ['pictures never whole', packets('brokenPictures')],
      ['asked for again', packets('nacked')],
      ['keyframes asked for', packets('keyframeRequests')],
      ['rejected', packets('rejected')],
    ]);
  }

  const charts = make('div', undefined, main);
  charts.className = 'charts';
  const drawn = [];

  function chart(title, note, tables, series, xAxis, unit) {
    if (series.length === 0) return;
    const section = make('section', undefined, charts);
    make('h2', title, section);
    const data = tables.length === 1 ? tables[0] : uPlot.join(tables);
    const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid } };
    const plot = new uPlot({
      width: Math.max(200, section.clientWidth - 36),
      height: 260,
      scales: { x: { time: false }, y: { range: (_, low, high) => [0, (high || 1) * 1.05] } },
      axes: [{ ...axis, ...xAxis }, { ...axis, size: 64, label: unit, labelSize: 18 }],
      series: [{ label: xAxis.label, value: xAxis.show }, ...series],
    }, data, section);
    drawn.push([plot, section]);
    if (note) make('p', note, section).className = 'note';
  }

  const line = (label, i, more) => ({
    label, stroke: color(i), width: 2, spanGaps: true, points: { show: false },
    value: (_, v) => number(v), ...more });
  const seconds = { label: 's', show: (_, v) => v === null ? '' : number(v, 0) };

  /** A chart over time: for each run, the columns of its series that are there. */
  function overTime(title, unit, columns, note) {
    const tables = [];
    const series = [];
    runs.forEach(({ name, run }, i) => {
      const used = columns.filter(([key]) => run.series.some((point) => point[key] !== undefined));
      if (used.length === 0) return;
      tables.push([run.series.map((p) => p.second), ...used.map(([key]) => run.series.map((p) => p[key] ?? null))]);
      used.forEach(([, label, more]) => series.push(line(label ? `${name} ${label}` : name, i, more)));
    });
    chart(title, note, tables, series, seconds, unit);
  }

  overTime('Forwarding latency', 'ms', [
    ['latencyP50Ms', 'p50', { dash: [5, 4], width: 1.5 }],
    ['latencyP99Ms', 'p99'],
  ], 'From the publisher\'s clock to the last byte of the frame, by second; warm-up left out.');

  // Percentiles at equal distances for each further nine.
  const nines = (p) => -Math.log10(1 - Math.min(p, 99.9999) / 100);
  const curves = runs.map(({ name, run }, i) => ({ name, i, of: latency(run) })).filter(({ of }) => of && of.count);
  chart('Latency by percentile', 'The further right, the rarer.',
    curves.map(({ of }) => {
      const points = new Map(of.percentiles.map(([p, ms]) => [nines(p), ms]));
      return [[...points.keys()], [...points.values()]];
    }),
    curves.map(({ name, i }) => line(name, i)),
    {
      label: '%',
      show: (_, v) => v === null ? '' : number(100 - 100 / 10 ** v, 3),
      splits: () => [0, 0.30103, 1, 2, 3, 4, 5, 6],
      values: (_, at) => at.map((v) => v === 0 ? '0' : v < 1 ? '50' : v === 1 ? '90' : '99' + (v > 2 ? '.' : '')
        + '9'.repeat(Math.max(0, v - 2))),
    }, 'ms');

  overTime('Throughput', 'Mb/s', [['megabitsPerSecond', '']]);
  overTime('Clients', 'clients', [['clients', '']]);
  overTime('Lost packets', 'packets a second', [['lost', '']]);
  overTime('CPU of the server', '% of a core', [['serverCpuPercent', '']]);
  overTime('CPU of the load generator', '% of a core', [
    ['generatorCpuPercent', ''],
    ['loopBusyPercent', 'busiest loop', { dash: [5, 4], width: 1.5 }],
  ], 'Above 85 % of its loop the load generator, not the server, is the limit.');

  addEventListener('resize', () => {
    for (const [plot, section] of drawn) plot.setSize({ width: Math.max(200, section.clientWidth - 36), height: 260 });
  });

  for (const { name, run } of runs) {
    const section = make('section', undefined, main);
    section.style.marginTop = '18px';
    make('h2', name, section);
    make('p', Object.entries(run.parameters).map(([key, value]) => `${key}: ${value}`).join(' · '), section);
    const reasons = Object.entries(clients(run).reasons);
    reasons.forEach(([reason, count]) => make('p', `${count} × ${reason}`, section).className = 'warning');
    if (run.play?.slow) {
      const slow = run.play.slow;
      make('p', `${slow.players} players stopped reading: ${slow.stalled} stalled, ${slow.gaps} gaps, `
        + (slow.resumedAtKeyframe ? 'each went on with a keyframe' : 'not each went on with a keyframe')
        + `; latency p99 ${percentile(slow.latencyMs, 'p99')} ms`, section);
    }
  }
})();

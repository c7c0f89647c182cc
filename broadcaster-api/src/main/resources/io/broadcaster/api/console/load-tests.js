// Reports of load tests, drawn over each other and compared figure by figure.
import { count, h, moment, setText, size, span, table } from './dom.js';
import { get } from './api.js';
import { GOAL_MILLIS } from './figures.js';
import { ReportPlot, strokeOf } from './charts.js';
import { attempt, page } from './shell.js';

/** As many as can be told apart in one plot. */
const SHOWN_MAX = 6;

const TIMES = [['First request', 'firstRequestMillis'], ['p50', 'p50Millis'], ['p95', 'p95Millis'], ['p99', 'p99Millis'], ['Last answer', 'lastMillis']];

const devices = ({ setup }) => setup.ios + setup.android;

/** Words, which wrap; figures do not. */
const words = (text) => h('span', { class: 'words' }, text);

const figure = (text, good) => h('span', { class: `figure${good === undefined ? '' : good ? ' adds-up' : ' open'}` }, text);

/** The first of them is what the others are measured against. */
function change(value, base) {
  if (base === undefined || !(base > 0)) {
    return '';
  }
  const percent = Math.round(100 * (value / base - 1));
  return ` (${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent)} %)`;
}

function comparison(reports) {
  const [first] = reports;
  const row = (name, cell) => [name, ...reports.map((report) => cell(report, report === first ? undefined : first))];
  const rows = [
    row('Devices', (report) => figure(count(devices(report)))),
    row('Each once', (report) => figure(report.once ? 'yes' : 'no', report.once)),
    ...TIMES.map(([name, key]) => row(name, (report, base) =>
      figure(span(report.press[key]) + change(report.press[key], base?.press[key]), key === 'p99Millis' ? report.press[key] <= GOAL_MILLIS : undefined))),
    row('Answers / s', ({ press }, base) => figure(count(press.answersPerSecond) + change(press.answersPerSecond, base?.press.answersPerSecond))),
    row('CPU per million', (report, base) => {
      const cost = ({ cpuMillis, ...rest }) => (cpuMillis / devices(rest)) * 1_000_000;
      return figure(span(cost(report)) + change(cost(report), base && cost(base)));
    }),
    row('Round trip', ({ setup }) => figure(span(setup.rttMillis))),
    row('Senders, fan-outs', ({ setup }) => figure(`${count(setup.senders)}, ${count(setup.fanouts)}`)),
    row('Runs', ({ runs }) => figure(`median of ${count(runs)}`)),
    row('Transport', ({ setup }) => words(`${setup.transport}, ${setup.kind}`)),
    row('When', ({ machine }) => figure(moment(machine.at))),
    row('Machine', ({ machine }) => words(`${machine.cpu}, ${count(machine.cores)} cores`)),
    row('JDK', ({ machine }) => words(machine.jdk)),
    row('Commit', ({ machine }) => figure(machine.commit.slice(0, 12))),
    row('Command', ({ machine }) => h('code', { class: 'words long' }, machine.command)),
  ];
  return table('Figures', ['Median', ...reports.map((report) => report.name)], rows, { stacks: false });
}

page('Load tests', async (main) => {
  const { configured, reports } = await get('/load-test-reports');
  if (reports.length === 0) {
    main.append(h('section', { class: 'card' }, h('p', { class: 'empty' }, configured
      ? 'The folder of api.load-tests has no report yet: loadtest blast --json FILE writes one.'
      : 'No folder is configured. Set api.load-tests to the folder in which you keep the files of loadtest blast --json.')));
    return;
  }
  const said = h('p', { class: 'said', role: 'status', id: 'load-tests-said' });
  const problem = h('div', {});
  const legend = h('ul', { class: 'legend' });
  const plotHost = h('div', { class: 'plot', role: 'img', 'aria-label': 'Deliveries per second since the press, a line per report' });
  const figures = h('div', { id: 'figures' });
  const results = h('div', { class: 'stack', hidden: true },
    h('section', { class: 'card' }, h('h2', {}, 'Deliveries per second, from the press'), legend, plotHost),
    h('section', { class: 'card' }, h('h2', {}, 'Side by side'), h('p', { class: 'hint' }, 'Percentages are against the first. Figures from different machines or flags are different figures.'), figures));
  const known = new Map();
  let chosen = [];
  let plot;

  async function report(name) {
    if (!known.has(name)) {
      known.set(name, await get(`/load-test-reports/${encodeURIComponent(name)}`));
    }
    return known.get(name);
  }

  const boxes = reports.map(({ name }) => h('input', { type: 'checkbox', 'aria-label': `Compare ${name}`, value: name, onchange: (event) => {
    chosen = event.target.checked ? [...chosen, name] : chosen.filter((other) => other !== name);
    attempt(problem, show);
  } }));

  async function show() {
    const names = chosen;
    boxes.forEach((box) => { box.disabled = !box.checked && names.length >= SHOWN_MAX; });
    setText(said, names.length >= SHOWN_MAX ? `${SHOWN_MAX} at once are enough.` : 'Choose the reports to compare.');
    const shown = await Promise.all(names.map(report));
    if (names !== chosen) {
      return;
    }
    results.hidden = shown.length === 0;
    if (shown.length > 0) {
      legend.replaceChildren(...shown.map(({ name }, index) => h('li', {}, strokeOf(index), name)));
      plot ??= new ReportPlot(plotHost);
      plot.show(shown);
      figures.replaceChildren(comparison(shown));
    }
  }

  main.append(said,
    h('section', { class: 'card' }, h('h2', {}, 'Reports'),
      table('Reports', ['Compare', 'Report', 'Written', 'Size'], reports.map(({ name, bytes, modifiedAt }, index) =>
        [boxes[index], h('code', {}, name), moment(modifiedAt), figure(size(bytes))]))),
    problem, results);
  boxes[0].checked = true;
  chosen = [reports[0].name];
  await attempt(problem, show);
});

// The throughput plot and the waterfall of stages.
import UPlot from './uplot.js';
import { count, h, setText, span } from './dom.js';

const STAGES = {
  'slice-sent': 'Slices in tier 1', 'batch-sent': 'Batches in tier 2', 'batch-received': 'Batches at senders',
  'first-request': 'First request', 'first-answer': 'First answer', answer: 'Answers', 'last-answer': 'Batches done',
};

/** Seconds over which the rate is taken: the workers tell their figures four times a second. */
const RATE_SECONDS = 0.5;

/** Points of a plot; the page may stay open for days. */
export const POINTS_MAX = 1200;

/** Half of the points: of every four in a row the lowest and the highest stay, in their order, so that no peak is lost. */
export function halved([xs, ys]) {
  const kept = [[], []];
  for (let from = 0; from < xs.length; from += 4) {
    const group = ys.slice(from, from + 4);
    const both = [group.indexOf(Math.min(...group)), group.lastIndexOf(Math.max(...group))].sort((a, b) => a - b);
    for (const at of new Set(both)) {
      kept[0].push(xs[from + at]);
      kept[1].push(group[at]);
    }
  }
  return kept;
}

/** Asked at each drawing, because a screen turns dark in the evening. */
const style = (name) => () => getComputedStyle(document.body).getPropertyValue(name).trim();

/** Draws anew when the screen turns dark or light, and when it changes its size. */
function follow(host, plot) {
  new ResizeObserver(() => plot()?.setSize(sizeOf(host))).observe(host);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot()?.redraw());
}

const sizeOf = (host) => ({ width: Math.max(200, host.clientWidth), height: Math.max(120, host.clientHeight) });

/** Room for the longest figure of an axis, px; of none, for 999,999. */
const widest = (_, figures) => Math.max(80, ...(figures ?? []).map(({ length }) => 20 + 10 * length));

/** What all plots have in common: a rate over seconds since the press. */
function looks() {
  const axis = { stroke: style('--ink-2'), grid: { stroke: style('--line'), width: 1 }, ticks: { show: false }, font: '14px system-ui' };
  return {
    legend: { show: false }, cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_, _low, high) => [0, Math.max(1, high * 1.1)] } },
    axes: [{ ...axis, values: (_, ticks) => ticks.map((t) => `${t} s`) }, { ...axis, size: widest, values: (_, ticks) => ticks.map(count) }],
  };
}

/** Answers per second over the seconds since the press. */
export class ThroughputPlot {
  #plot;
  #host;
  #points = [[0], [0]];
  #seen = [];

  constructor(host) {
    this.#host = host;
    follow(host, () => this.#plot);
  }

  /** `second` is seconds since the press, `answered` devices with an outcome by then. */
  add(second, answered) {
    const last = this.#seen.at(-1);
    const still = last && answered === last[1] && (second - last[0] < RATE_SECONDS || this.#points[1].at(-1) === 0);
    if (last && (second <= last[0] || still)) {
      return;
    }
    this.#seen.push([second, answered]);
    const start = this.#seen.findLastIndex(([at]) => at <= second - RATE_SECONDS);
    this.#seen.splice(0, Math.max(0, start)); // what lies before it is never asked for again
    const before = start < 0 ? [0, 0] : this.#seen[0];
    this.#points[0].push(second);
    this.#points[1].push(Math.max(0, (answered - before[1]) / (second - before[0])));
    if (this.#points[0].length > POINTS_MAX) {
      this.#points = halved(this.#points);
    }
    this.#draw();
  }

  #draw() {
    if (!this.#plot) {
      this.#host.replaceChildren();
      this.#plot = new UPlot({
        ...sizeOf(this.#host), ...looks(),
        series: [{}, { stroke: style('--accent'), fill: style('--accent-soft'), width: 2, points: { show: false } }],
      }, this.#points, this.#host);
    }
    this.#plot.setData(this.#points);
  }
}

/** Lines that differ in colour and in dashes, for those who do not tell the colours apart. */
const LINES = [['--accent', ''], ['--bad', '10 4'], ['--good', '3 3'], ['--rehearsal', '14 4 3 4'], ['--warn', '6 2'], ['--ink', '2 6']];

const SVG = 'http://www.w3.org/2000/svg';

/** A piece of the line of the report at this place. */
export function strokeOf(index) {
  const [, dashes] = LINES[index];
  const piece = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'line');
  Object.entries({ width: 40, height: 12, class: `line-${index}`, 'aria-hidden': 'true' }).forEach(([name, value]) => piece.setAttribute(name, value));
  Object.entries({ x1: 0, x2: 40, y1: 6, y2: 6, 'stroke-width': 3, 'stroke-dasharray': dashes || 'none' }).forEach(([name, value]) => line.setAttribute(name, value));
  piece.append(line);
  return piece;
}

/** Deliveries per second of several launches, each a line. */
export class ReportPlot {
  #plot;
  #host;

  constructor(host) {
    this.#host = host;
    follow(host, () => this.#plot);
  }

  show(reports) {
    this.#plot?.destroy();
    const tables = reports.map(perSecond);
    this.#plot = new UPlot({
      ...sizeOf(this.#host), ...looks(),
      series: [{}, ...reports.map((_, index) => {
        const [colour, dashes] = LINES[index];
        return { stroke: style(colour), dash: dashes.split(' ').filter(Boolean).map(Number), width: 2, spanGaps: true, points: { show: false } };
      })],
    }, UPlot.join(tables), this.#host);
  }
}

/** Rates of both platforms together, in few enough points. */
function perSecond({ bucketMillis, ios, android }) {
  const length = Math.max(ios.length, android.length);
  const merged = Math.max(1, Math.ceil(length / POINTS_MAX));
  const seconds = (merged * bucketMillis) / 1000;
  const points = [[0], [0]];
  for (let from = 0; from < length; from += merged) {
    let deliveries = 0;
    for (let at = from; at < from + merged; at += 1) {
      deliveries += (ios[at] ?? 0) + (android[at] ?? 0);
    }
    points[0].push((from * bucketMillis) / 1000 + seconds);
    points[1].push(deliveries / seconds);
  }
  return points;
}

/** When each stage began, was half done and ended, on one scale of milliseconds from the press. */
export function waterfall(host, stages) {
  const end = Math.max(1, ...stages.map((stage) => stage.lastMillis));
  if (host.children.length !== stages.length) {
    host.replaceChildren(...stages.map((stage) => h('li', {},
      h('span', { class: 'stage' }, STAGES[stage.stage] ?? stage.stage), h('span', { class: 'figure' }),
      h('span', { class: 'track', 'aria-hidden': 'true' }, h('span', { class: 'bar' }), h('span', { class: 'tick' })), h('span', { class: 'figure when' }))));
  }
  stages.forEach((stage, index) => {
    const [, number, track, when] = host.children[index].children;
    const any = stage.count > 0;
    setText(number, count(stage.count));
    setText(when, any ? `${span(stage.firstMillis)} → ${span(stage.lastMillis)}` : '–');
    const [bar, tick] = track.children;
    bar.style.left = `${any ? (100 * stage.firstMillis) / end : 0}%`;
    bar.style.width = `${any ? Math.max(0.5, (100 * (stage.lastMillis - stage.firstMillis)) / end) : 0}%`;
    tick.style.left = `${any ? (100 * stage.p50Millis) / end : 0}%`;
    tick.hidden = !any;
  });
}

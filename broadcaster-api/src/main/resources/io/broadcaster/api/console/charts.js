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

const style = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

/** Answers per second over the seconds since the press. */
export class ThroughputPlot {
  #plot;
  #host;
  #points = [[0], [0]];
  #seen = [];

  constructor(host) {
    this.#host = host;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(host);
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
      const axis = { stroke: style('--ink-2'), grid: { stroke: style('--line'), width: 1 }, ticks: { show: false }, font: '14px system-ui' };
      this.#plot = new UPlot({
        ...this.#size(), legend: { show: false }, cursor: { show: false },
        scales: { x: { time: false }, y: { range: (_, _low, high) => [0, Math.max(1, high * 1.1)] } },
        axes: [{ ...axis, values: (_, ticks) => ticks.map((t) => `${t} s`) }, { ...axis, size: 70, values: (_, ticks) => ticks.map(count) }],
        series: [{}, { stroke: style('--accent'), fill: style('--accent-soft'), width: 2, points: { show: false } }],
      }, this.#points, this.#host);
    }
    this.#plot.setData(this.#points);
  }

  #size() {
    return { width: Math.max(200, this.#host.clientWidth), height: Math.max(120, this.#host.clientHeight) };
  }
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

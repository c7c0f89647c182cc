// The figures of a launch, drawn in place: how far, how fast, what became of whom.
import { count, h, setText, span } from './dom.js';
import { ThroughputPlot, waterfall } from './charts.js';

/** What the house promises: 99 of 100 answers within five seconds of the press. */
export const GOAL_MILLIS = 5000;

/** So long an answer takes until it is told here: before that nothing is too late. */
const TOLD_WITHIN_MILLIS = 1000;

export const OUTCOMES = ['accepted', 'rejected', 'unregistered', 'expired', 'suppressed', 'unknown'];

const tile = (name, id) => {
  const value = h('span', { class: 'value', id });
  const note = h('span', { class: 'tile-note' });
  return { element: h('div', { class: 'tile' }, h('span', { class: 'tile-name' }, name), value, note), value, note };
};

/** Met once so many have answered in time, missed once that cannot be any more: what the answers so far say alone is no verdict. */
export function percentile(percent) {
  const parts = tile(`p${percent}`, `p${percent}`);
  return {
    ...parts,
    update(millis, { told, due, elapsed }) {
      const reached = told > 0 && told >= (percent / 100) * due;
      const late = (told > 0 && millis > GOAL_MILLIS) || (!reached && elapsed > GOAL_MILLIS + TOLD_WITHIN_MILLIS);
      setText(parts.value, told > 0 ? span(millis) : '–');
      parts.element.dataset.goal = late ? 'missed' : reached ? 'met' : 'open';
      setText(parts.note, `${late ? 'over' : reached ? 'within' : 'goal'} ${span(GOAL_MILLIS)}`);
    },
  };
}

/** A row per outcome, a column per platform. */
function drawOutcomes(body, progress) {
  const sides = [progress.outcomes.ios, progress.outcomes.android, progress.total];
  if (body.children.length === 0) {
    body.append(...OUTCOMES.map((outcome) => h('tr', {}, h('th', { scope: 'row' }, outcome), sides.map(() => h('td', { class: 'figure' })))));
  }
  OUTCOMES.forEach((outcome, row) => sides.forEach((side, column) => {
    const cell = body.children[row].children[column + 1];
    setText(cell, count(side[outcome]));
    cell.classList.toggle('none', side[outcome] === 0);
  }));
}

/** The section; call update(status) with every status of a launch. */
export function figures() {
  const answered = h('span', { class: 'huge figure', id: 'answered' }, '0');
  const of = h('span', { class: 'of' });
  const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Devices answered' });
  const sent = tile('Batches sent', 'sent');
  const rate = tile('Accepted / s', 'rate');
  const first = tile('First request', 'first');
  const [p50, p95, p99] = [50, 95, 99].map(percentile);
  const plotHost = h('div', { class: 'plot', role: 'img', 'aria-label': 'Answers per second since the press' },
    h('p', { class: 'empty' }, 'Drawn by pages that are open while the launch runs.'));
  const plot = new ThroughputPlot(plotHost);
  const rows = h('tbody', {});
  const stages = h('ol', { class: 'waterfall' });
  const section = h('section', { class: 'figures', 'aria-label': 'Figures of the launch' },
    h('div', { class: 'counter' }, h('div', {}, answered, of), bar),
    h('div', { class: 'tiles' }, [p50, p95, p99, sent, rate, first].map((part) => part.element)),
    h('div', { class: 'charts' },
      h('div', { class: 'panel' }, h('h2', {}, 'Answers per second'), plotHost),
      h('div', { class: 'panel' }, h('h2', {}, 'Outcomes'),
        h('table', { class: 'outcomes' },
          h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, h('span', { class: 'unseen' }, 'Outcome')),
            ['iOS', 'Android', 'All'].map((side) => h('th', { scope: 'col' }, side)))), rows)),
      h('div', { class: 'panel wide' }, h('h2', {}, 'Stages, from the press'), stages)));
  return {
    section,
    update(status) {
      const { progress, launch } = status;
      if (!progress || !launch) {
        return;
      }
      const told = progress.terminal - progress.total.suppressed - progress.total.expired;
      const any = told > 0;
      setText(answered, count(told));
      setText(of, ` of ${count(progress.devices)} devices answered`);
      bar.value = progress.devices ? told / progress.devices : 0;
      const batches = progress.stages.find((stage) => stage.stage === 'first-request')?.count ?? 0;
      setText(sent.value, count(batches));
      setText(sent.note, `of ${count(launch.batches)}`);
      setText(rate.value, any ? count(progress.press.acceptedPerSecond) : '–');
      setText(rate.note, 'on the whole');
      setText(first.value, any ? span(progress.press.firstRequestMillis) : '–');
      setText(first.note, 'after the press');
      const elapsed = new Date(status.at) - new Date(launch.pressedAt);
      const answers = { told, due: progress.devices - progress.total.suppressed - progress.total.expired, elapsed };
      p50.update(progress.press.p50Millis, answers);
      p95.update(progress.press.p95Millis, answers);
      p99.update(progress.press.p99Millis, answers);
      const second = elapsed / 1000;
      if (status.state === 'LAUNCHED' || second < progress.press.lastMillis / 1000 + 2) {
        plot.add(second, told);
      }
      drawOutcomes(rows, progress);
      waterfall(stages, progress.stages);
    },
  };
}

/** How long after the abort the last answer came, as a sentence. */
export function stopTime(status) {
  const { ending, launch, progress } = status;
  if (status.state !== 'ABORTED' || !ending || !launch || !progress) {
    return '';
  }
  const millis = new Date(launch.pressedAt).getTime() + progress.press.lastMillis - new Date(ending.at).getTime();
  const measured = millis > 0 ? `The last answer came ${span(millis)} later.` : 'Nothing was under way any more.';
  return `Aborted by ${ending.by}. ${measured}`;
}

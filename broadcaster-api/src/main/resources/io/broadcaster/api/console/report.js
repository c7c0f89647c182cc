// What became of a launch, to the unit.
import { campaignInPath, campaignPath, clock, count, h, moment, names, redraw, setText, span, table } from './dom.js';
import { auditTrail } from './audit.js';
import { download, get, may, watch, whoMay } from './api.js';
import { GOAL_MILLIS, OUTCOMES, stopTime } from './figures.js';
import { waterfall } from './charts.js';
import { notUpToDate, once, page } from './shell.js';
import { STATES } from './states.js';

const id = campaignInPath();

function reconciliation(status) {
  const { progress, snapshot } = status;
  const sides = [['iOS', snapshot.platforms.ios.devices, progress.outcomes.ios], ['Android', snapshot.platforms.android.devices, progress.outcomes.android], ['All', progress.devices, progress.total]];
  const sum = (side) => OUTCOMES.reduce((total, outcome) => total + side[outcome], 0);
  const rows = sides.map(([name, devices, side]) => {
    const open = devices - sum(side);
    return [name, devices, ...OUTCOMES.map((outcome) => side[outcome]), open,
      h('span', { class: open === 0 ? 'adds-up' : 'open' }, open === 0 ? 'adds up' : `${count(open)} open`)];
  });
  return table('Reconciliation', ['Platform', 'Devices', ...OUTCOMES, 'outstanding', 'Check'], rows);
}

function percentiles(press) {
  const rows = [['p50', press.p50Millis], ['p95', press.p95Millis], ['p99', press.p99Millis], ['last answer', press.lastMillis]];
  return table('Percentiles', ['Press to answer', 'Time', `Goal ${span(GOAL_MILLIS)}`], rows.map(([name, millis]) =>
    [name, h('span', { class: 'figure' }, span(millis)), h('span', { class: millis <= GOAL_MILLIS ? 'adds-up' : 'open' }, millis <= GOAL_MILLIS ? 'within' : `over by ${span(millis - GOAL_MILLIS)}`)]));
}

function reasons(progress) {
  const rows = [['iOS', progress.outcomes.ios], ['Android', progress.outcomes.android]].flatMap(([name, side]) =>
    side.reasons.map((reason) => [name, h('code', {}, reason.code), reason.devices]));
  return rows.length === 0 ? h('p', { class: 'empty' }, 'No device was rejected.') : table('Rejected, by reason', ['Platform', 'Reason', 'Devices'], rows);
}

page('', async (main) => {
  const campaign = await get(`/campaigns/${encodeURIComponent(id)}`);
  document.body.dataset.kind = campaign.kind;
  const state = h('span', { class: 'state' });
  const said = h('p', { class: 'said', id: 'report-said' });
  const lost = h('p', { class: 'lost', role: 'status' });
  const problem = h('div', {});
  const [times, sums, why, stages] = [h('div', {}), h('div', { id: 'reconciliation' }), h('div', {}), h('ol', { class: 'waterfall' })];
  const exportAs = (format) => h('button', { type: 'button', class: 'export', disabled: !may('export', campaign.kind), onclick: (event) =>
    once(event.currentTarget, problem, () => download(`/campaigns/${encodeURIComponent(id)}/export?format=${format}`, `${id}.${format}`)) }, `Export ${format.toUpperCase()}`);
  const card = (title, ...content) => h('section', { class: 'card' }, h('h2', {}, title), ...content);
  main.append(
    h('div', { class: 'title-row' }, h('div', {}, h('h1', {}, campaign.name), h('p', { class: 'sub' }, `${id} · by ${names(campaign.authors)}`)), state,
      h('a', { class: 'button', href: campaignPath(id, 'control') }, 'Control room')),
    campaign.kind === 'silent' ? h('p', { class: 'rehearsal strip' }, 'REHEARSAL — no phone lit up') : '',
    said, lost,
    card('Reconciliation', h('p', { class: 'hint' }, 'From the ledger once the launch has ended: every device has exactly one outcome.'), sums),
    h('div', { class: 'halves' }, card('How fast', times), card('Why rejected', why)),
    card('Stages, from the press', stages),
    card('Export', h('p', { class: 'hint' }, 'A line per device, tokens as keyed hashes. Cells that a spreadsheet would run as a formula are neutralised.'), may('export', campaign.kind) ? '' : h('p', { class: 'note' }, whoMay('export', 'export', campaign.kind)),
      h('div', { class: 'row' }, exportAs('csv'), exportAs('jsonl')), problem),
    card('Audit trail', ...(may('read-audit', campaign.kind) ? auditTrail(id) : [h('p', { class: 'note' }, whoMay('read-audit', 'read the audit trail', campaign.kind))])));
  watch(id, (status) => {
    setText(lost, '');
    setText(state, STATES[status.state] ?? status.state);
    state.className = `state state-${status.state.toLowerCase()}`;
    if (!status.launch || !status.progress) {
      setText(said, 'Not launched yet: there is nothing to report.');
      return;
    }
    setText(said, `${status.launch.pressedBy} pressed at ${moment(status.launch.pressedAt)} (${clock(status.launch.pressedAt)}). `
      + (status.state === 'COMPLETED' ? `Every device was accounted for at ${clock(status.ending.at)}.` : stopTime(status)));
    redraw(sums, reconciliation(status));
    redraw(times, percentiles(status.progress.press));
    redraw(why, reasons(status.progress));
    waterfall(stages, status.progress.stages);
  }, (reason) => notUpToDate(lost, reason));
});

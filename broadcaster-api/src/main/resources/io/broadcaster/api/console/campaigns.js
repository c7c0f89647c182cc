// Every campaign with its state, its audience and its times.
import { campaignPath, count, h, moment, names, redraw, table } from './dom.js';
import { get, may, whoMay } from './api.js';
import { page, repeat } from './shell.js';
import { STATES } from './states.js';

const REFRESH_MILLIS = 2000;

function row(campaign) {
  const { id, kind, state } = campaign;
  const over = ['LAUNCHED', 'COMPLETED', 'ABORTED'].includes(state);
  const link = (to, text) => h('a', { href: campaignPath(id, to), 'aria-label': `${text} of ${campaign.name}` }, text);
  return [
    h('span', {}, h('a', { class: 'strong', href: campaignPath(id, over ? 'report' : 'prepare') }, campaign.name), h('span', { class: 'sub' }, `${id} · revision ${campaign.revision}`)),
    h('span', { class: `state state-${state.toLowerCase()}` }, STATES[state] ?? state),
    h('span', { class: kind === 'silent' ? 'kind rehearsal' : 'kind' }, kind === 'silent' ? 'Rehearsal' : 'Live'),
    h('span', { class: 'figure' }, campaign.devices === undefined ? '–' : count(campaign.devices)),
    h('span', {}, campaign.pressedAt ? `pressed ${moment(campaign.pressedAt)}`
      : campaign.notBefore ? `${moment(campaign.notBefore)} to ${moment(campaign.notAfter)}` : `edited ${moment(campaign.updatedAt)}`),
    h('span', {}, names(campaign.authors)),
    h('span', { class: 'links' }, link('content', 'Content'), link('prepare', 'Prepare'), link('control', 'Control room'), over ? link('report', 'Report') : null),
  ];
}

page('', async (main) => {
  const list = h('div', { 'aria-live': 'off' });
  const lost = h('p', { class: 'lost', role: 'status' });
  main.append(
    h('div', { class: 'title-row' }, h('h1', {}, 'Campaigns'), may('write-content', 'silent') ? h('a', { class: 'button primary', href: '/console/new' }, 'New campaign') : h('p', { class: 'note' }, whoMay('write-content', 'write campaigns'))),
    lost, list);
  let last = '';
  const refresh = async (signal) => {
    const { campaigns } = await get('/campaigns?limit=1000', signal);
    const text = JSON.stringify(campaigns);
    if (text === last) {
      return;
    }
    campaigns.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    if (redraw(list, campaigns.length === 0
      ? h('p', { class: 'empty' }, 'There is no campaign yet. Write the first one.')
      : table('Campaigns', ['Campaign', 'State', 'Kind', 'Devices', 'Times', 'Author', 'Open'], campaigns.map(row)))) {
      last = text;
    }
  };
  await repeat(refresh, REFRESH_MILLIS, lost);
});

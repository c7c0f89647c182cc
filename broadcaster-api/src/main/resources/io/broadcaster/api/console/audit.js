// Who did what to a campaign: pages of entries, oldest first, each a link of the chain of all acts.
import { clock, h, moment, setText, table } from './dom.js';
import { get } from './api.js';
import { attempt, once } from './shell.js';

const WORDS = {
  'create': 'created it', 'edit': 'edited it', 'upload': 'uploaded the audience', 'delete': 'deleted it', 'load': 'asked for the load',
  'proof': 'asked for a proof', 'approve': 'approved it', 'arm': 'armed it', 'disarm': 'disarmed it', 'press': 'pressed GO and launched it',
  'press-again': 'pressed GO again', 'press-refused': 'pressed GO in vain', 'abort': 'aborted it', 'export': 'exported it',
  'not-done': 'did not do it after all',
};

const row = (entry) => [entry.number, `${moment(entry.at)} (${clock(entry.at)})`, entry.who, WORDS[entry.action] ?? entry.action, entry.revision, entry.detail,
  h('code', { title: entry.sha256 }, entry.sha256.slice(0, 12))];

/** The card's content: what was done so far, and a button for what is more. */
export function auditTrail(id) {
  const rows = h('div', { id: 'audit' });
  const head = h('p', { class: 'hint', id: 'audit-head' });
  const problem = h('div', {});
  const entries = [];
  let after = '';
  const more = h('button', { type: 'button', id: 'audit-more', onclick: () => once(more, problem, load) }, 'Show more');
  async function load() {
    const page = await get(`/campaigns/${encodeURIComponent(id)}/audit?after=${encodeURIComponent(after)}`);
    entries.push(...page.entries);
    after = page.entries.at(-1)?.key ?? after;
    rows.replaceChildren(entries.length === 0 ? h('p', { class: 'empty' }, 'Nothing was written down yet.')
      : table('Audit trail', ['Entry', 'When', 'Who', 'What', 'Revision', 'Detail', 'Hash'], entries.map(row)));
    setText(head, `The chain of all acts ends at ${page.head}. Keep this somewhere else: “broadcaster audit verify --expect-head” then finds whatever is changed later.`);
  }
  attempt(problem, load);
  return [rows, h('div', { class: 'row' }, more), head, problem];
}

// Ending the sessions of somebody who must not be in any more, for ops.
import { enable, h, setText } from './dom.js';
import { call, may, whoMay } from './api.js';
import { once } from './shell.js';

/** The card: whoever has no right sees who has. The name is typed, and so confirmed. */
export function sessionsCard() {
  const name = h('input', { id: 'session-name', type: 'text', required: true, maxLength: 64, autocomplete: 'off', spellcheck: 'false' });
  const end = h('button', { type: 'submit', id: 'end-sessions' }, 'End the sessions');
  const said = h('p', { class: 'said', role: 'status', id: 'sessions-said' });
  const errors = h('div', {});
  const form = h('form', { class: 'row foot' }, h('div', { class: 'field' }, h('label', { for: 'session-name' }, 'Name of the sign-in'), name), end);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const person = name.value.trim();
    setText(said, '');
    once(end, errors, async () => {
      await call('DELETE', `/sessions/${encodeURIComponent(person)}`);
      setText(said, `Every session of ${person} is over; in other processes within five seconds.`);
      name.value = '';
    });
  });
  enable(end, may('end-sessions'));
  return h('section', { class: 'card', id: 'sessions' }, h('h2', {}, 'Sessions'),
    h('p', { class: 'hint' }, 'A laptop is lost, or a role was taken away: take it away at the issuer first, then end the sessions here. Whoever still may signs in again.'),
    form, h('p', { class: 'note', hidden: may('end-sessions') }, whoMay('end-sessions', 'end sessions')), errors, said);
}

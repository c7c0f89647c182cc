// The server's go/no-go lights: each says in a sentence why it is red, and who can turn it green.
import { h, inLocalTime, setText } from './dom.js';

const NAMES = {
  SNAPSHOT: 'Snapshot', PROOF: 'Proof', APPROVAL: 'Approval', WINDOW: 'Window',
  SENDERS: 'Senders', CLOCK: 'Clocks', KEYS: 'Keys', QUOTA: 'Quota', QUEUES: 'Queues', DEAD_LETTERS: 'Dead letters',
};
const WHO = { MARKETER: 'A marketer can fix it.', APPROVER: 'An approver can fix it.', OPS: 'Ops can fix it.', NOBODY: 'Wait.' };
/** Nobody knows how they are: no lamp stays as it was. */
export function darken(list) {
  for (const item of list.querySelectorAll('[data-light]')) {
    item.className = 'unknown';
    setText(item.querySelector('.verdict-word'), '?');
    setText(item.querySelector('.why'), 'Not known.');
    setText(item.querySelector('.whose'), '');
  }
}

/** Draws the lights into a list, in place, so that a reader's focus and a screen reader's place stay. */
export function lights(list, status, afterwards) {
  if (status.lights.length === 0) {
    if (list.dataset.over !== 'true') {
      list.dataset.over = 'true';
      list.replaceChildren(h('li', { class: 'over' }, afterwards));
    }
    return;
  }
  if (list.dataset.over !== 'false') {
    list.dataset.over = 'false';
    list.replaceChildren(...status.lights.map((light) => h('li', { 'data-light': light.name },
      h('span', { class: 'lamp', 'aria-hidden': 'true' }), h('span', { class: 'light-name' }, NAMES[light.name] ?? light.name),
      h('span', { class: 'verdict-word' }), h('span', { class: 'why' }), h('span', { class: 'whose' }))));
  }
  status.lights.forEach((light, index) => {
    const item = list.children[index];
    item.className = light.green ? 'green' : 'red';
    setText(item.querySelector('.verdict-word'), light.green ? 'go' : 'no go');
    setText(item.querySelector('.why'), inLocalTime(light.why));
    setText(item.querySelector('.whose'), light.green ? '' : WHO[light.who] ?? '');
  });
}

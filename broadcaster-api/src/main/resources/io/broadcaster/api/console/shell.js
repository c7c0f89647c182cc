// The band on top of every page: where one is, and as whom. Whoever has no name yet is asked for one first.
import { h } from './dom.js';
import { signIn, user } from './api.js';

const NAME = '[a-z0-9._@\\-]{1,64}';

/** Draws the band, asks for a name where there is none, and then runs the page. */
export async function page(title, run) {
  document.getElementById('top').append(band());
  if (!user()) {
    await askName();
  }
  const main = document.getElementById('main');
  if (title) {
    main.append(h('h1', {}, title));
  }
  try {
    await run(main);
  } catch (error) {
    main.append(alertBox(error.message));
  }
}

/** A sentence that interrupts. */
export function alertBox(text) {
  return h('p', { class: 'alert', role: 'alert' }, text);
}

/** Runs an act; what goes wrong is said in `where`, in the server's words. */
export async function attempt(where, act) {
  where.replaceChildren();
  try {
    return await act();
  } catch (error) {
    where.replaceChildren(alertBox(error.message));
    return undefined;
  }
}

function band() {
  const link = (href, text) =>
    h('a', { href, 'aria-current': location.pathname === href ? 'page' : false }, text);
  return h('div', { class: 'band' },
    h('a', { class: 'brand', href: '/' }, h('span', { class: 'mark', 'aria-hidden': 'true' }), h('span', { class: 'brand-name' }, 'Broadcaster')),
    h('nav', { 'aria-label': 'Pages' }, link('/', 'Campaigns'), link('/console/fleet', 'Fleet')),
    h('div', { class: 'who' },
      h('span', { class: 'local', title: 'Nobody is asked for a password: whoever reaches this machine can take any name.' }, 'local sign-in'),
      h('button', { type: 'button', class: 'quiet', id: 'who', onclick: askName }, user() || 'nobody')));
}

function askName() {
  return new Promise((resolve) => {
    const input = h('input', { id: 'name', name: 'name', required: true, pattern: NAME, autocomplete: 'off', value: user(), maxlength: 64 });
    const form = h('form', { method: 'dialog' },
      h('h2', { id: 'sign-in-title' }, 'Local sign-in'),
      h('p', {}, 'Say who you are. There is no password: this server answers on this machine only and believes you. Author and approver must be two people.'),
      h('label', { for: 'name' }, 'Your name'),
      input,
      h('p', { class: 'hint' }, 'a–z, 0–9 and . _ @ -, for example alice'),
      h('button', { type: 'submit', class: 'primary' }, 'Sign in'));
    const dialog = h('dialog', { class: 'sign-in', 'aria-labelledby': 'sign-in-title' }, form);
    const done = () => {
      dialog.remove();
      document.getElementById('who').textContent = user() || 'nobody';
      if (user()) {
        resolve();
      }
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const changed = user() && user() !== input.value;
      signIn(input.value);
      if (changed) {
        location.reload();
        return;
      }
      dialog.close();
    });
    dialog.addEventListener('cancel', (event) => {
      if (!user()) {
        event.preventDefault();
      }
    });
    dialog.addEventListener('close', done);
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}

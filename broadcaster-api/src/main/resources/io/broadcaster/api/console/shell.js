// The band on top of every page: where one is, and as whom. Whoever has not signed in does so first.
import { h, isEnabled, setText } from './dom.js';
import { app, enter, onSignedOut, otherApps, roles, signOut, user } from './api.js';

/** Sees who it is, draws the band, and then runs the page. */
export async function page(title, run) {
  const main = document.getElementById('main');
  try {
    await enter();
  } catch (error) {
    instead(main, error);
    return;
  }
  main.replaceChildren(h('p', { class: 'starting' }, 'Waiting for the API…'));
  titled(title || document.title.split(' · ')[0]);
  document.getElementById('top').append(band());
  onSignedOut(signedOut(main));
  if (title) {
    main.append(h('h1', {}, title));
  }
  try {
    await run(main);
  } catch (error) {
    instead(main, error);
  }
}

/** What stands in place of a page that cannot be shown: why, and the ways on. */
function instead(main, error) {
  const title = error.status === 404 ? error.title : 'This page cannot be shown';
  titled(title);
  main.replaceChildren(h('div', { class: 'instead' }, h('h1', {}, title), alertBox(error.message),
    h('p', { class: 'row' }, h('a', { class: 'button primary', href: '/' }, 'To the campaigns'), h('a', { class: 'button', href: location.href }, 'Try again'))));
}

/** Says above the page that the session has ended, for as long as that is so: what is typed on it stays. */
function signedOut(main) {
  const said = h('p', { class: 'signed-out', role: 'alert', hidden: true }, 'Your session has ended. What you have typed stays here: ',
    h('a', { href: '/sign-in?to=/', target: '_blank' }, 'sign in in another tab'), ', and go on here.');
  main.before(said);
  return (ended) => { said.hidden = !ended; };
}

/** What the window is called: no two apps' pages alike. */
export function titled(text) {
  document.title = [text, app()].filter(Boolean).join(' · ');
}

/** A sentence that interrupts. */
export function alertBox(text) {
  return h('p', { class: 'alert', role: 'alert' }, text);
}

/** Says that what stands on the page is old. */
export function notUpToDate(where, reason) {
  setText(where, `Not up to date: ${reason}`);
}

const ANSWER_MILLIS = 5000;

/** Reads now, and again and again while somebody looks; what is old says so. `read` takes the signal that ends its waiting. */
export async function repeat(read, millis, lost) {
  await read();
  const again = async () => {
    try {
      if (!document.hidden) {
        await read(AbortSignal.timeout(ANSWER_MILLIS));
        setText(lost, '');
      }
    } catch (error) {
      notUpToDate(lost, error.message);
    }
    setTimeout(again, millis);
  };
  setTimeout(again, millis);
}

/** Runs an act; what goes wrong is said in `where`, in the server's words. */
export async function attempt(where, act) {
  where.replaceChildren();
  try {
    await act();
    return true;
  } catch (error) {
    where.replaceChildren(alertBox(error.message));
    return false;
  }
}

/** Whoever clicks twice means once; by then the page shows what the first click did. */
const TWICE_MILLIS = 1000;

const busy = new WeakSet();

/** Runs an act of this button if it takes a click now; it takes no other meanwhile. */
export async function once(button, where, act) {
  if (busy.has(button) || !isEnabled(button)) {
    return;
  }
  busy.add(button);
  button.setAttribute('aria-busy', 'true');
  if (await attempt(where, act)) {
    await new Promise((resolve) => setTimeout(resolve, TWICE_MILLIS));
  }
  button.removeAttribute('aria-busy');
  busy.delete(button);
}

function band() {
  const link = (href, text) =>
    h('a', { href, 'aria-current': location.pathname === href ? 'page' : false }, text);
  return h('div', { class: 'band' },
    h('a', { class: 'brand', href: '/' }, h('span', { class: 'mark', 'aria-hidden': 'true' }), h('span', { class: 'brand-name', id: 'app' }, app())),
    apps(),
    h('nav', { 'aria-label': 'Pages' }, link('/', 'Campaigns'), link('/console/fleet', 'Fleet'), link('/load-tests', 'Load tests')),
    h('div', { class: 'who' },
      h('span', { id: 'who' }, user()),
      h('span', { class: 'local', id: 'roles' }, roles().join(', ') || 'no role'),
      h('button', { type: 'button', class: 'quiet', id: 'sign-out', onclick: leave }, 'Sign out')));
}

/** The way to the other apps' consoles. */
function apps() {
  const others = Object.entries(otherApps());
  return others.length === 0 ? '' : h('nav', { class: 'apps', 'aria-label': 'Other apps' }, others.map(([name, href]) => h('a', { href }, name)));
}

async function leave() {
  await signOut();
  document.getElementById('top').replaceChildren();
  const main = document.getElementById('main');
  titled('Signed out');
  main.replaceChildren(h('div', { class: 'instead' }, h('h1', {}, 'Signed out'), h('p', { class: 'row' }, h('a', { class: 'button primary', href: '/' }, 'Sign in again'))));
  main.focus();
}
